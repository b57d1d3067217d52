import type { RequestBudget } from '../budget/request-budget.js';
import type { Together } from '../budget/together.js';
import type { Session } from '../commands/session.js';
import type { Actor } from '../domain/operation.js';
import type { Policy } from '../domain/policy.js';
import { RequestTimeoutError } from '../errors/app-error.js';
import type { Suggester } from '../geocoding/geocoder.js';
import type { ServiceArea } from '../geocoding/service-area.js';
import type { SharedGeocoder } from '../geocoding/shared-geocoder.js';
import type { Ozmap, SystemConfig } from '../ozmap/types.js';
import type { OperationJournal } from '../saga/operation-journal.js';
import type { Viewer } from '../store/tokens/token-memory.js';
import { createLoaders, type Loaders } from './loaders.js';
import { createOperationLoaders, type OperationLoaders } from './operation/operation.loaders.js';
import { type IntegrationOperation, operationFrom } from './operation/operation.type.js';
import type { OzlocLinks, SaleScope } from './ozloc/sale-scope.js';
import type { Scope } from './scopes.js';
import { type Origin, Touched } from './touched.js';
import { ViabilityService } from './viability/viability.service.js';

/** What all requests share. */
export interface AppServices {
  /** OZmap as one token sees it, behind the circuit that keeps a dead OZmap from holding requests. With a budget, reads are paid from it. */
  ozmapAs(token: string, budget?: RequestBudget): Ozmap;
  /** Resolves at once for all requests that a router sends in one go with the same token. */
  together: Together;
  geocoder: SharedGeocoder;
  /** What an address may become while it is typed; nothing without a gazetteer. */
  suggest: Suggester['suggest'];
  serviceArea: ServiceArea;
  journal: OperationJournal<Session>;
  /** What a token may see: owner and project ids. Errors: UPSTREAM_UNAVAILABLE. */
  viewerOf(token: string, actor: Actor): Promise<Viewer>;
  policy: Policy;
  systemConfig(when?: 'now'): Promise<SystemConfig>;
  now(): Date;
}

/** Who asks, as the HTTP side found out. */
export interface Caller {
  /** Errors: UNAUTHENTICATED (none was sent), or why it could not be read. */
  token(): string;
  /** What a platform's token was given for; null: whatever OZmap allows the token. */
  scopes: ReadonlySet<Scope> | null;
  /** The token's owner, asked of OZmap at most once per request. Errors: UNAUTHENTICATED · UPSTREAM_UNAVAILABLE. */
  actor(): Promise<Actor>;
  /** As `actor`, without a request: null when not yet asked, or OZmap did not say. */
  knownActor(): Promise<Actor | null>;
  origin: Origin;
  /** What the request may still cause; over once it was answered with REQUEST_TIMEOUT or its caller is gone. */
  budget: RequestBudget;
  /** The sale that the caller is held to; null: whatever OZmap allows the token. */
  sale: SaleScope | null;
  /** Links to the map page, as this caller reaches it. */
  ozlocLinks: OzlocLinks;
}

/** What resolvers work with; one per request. */
export class RequestContext {
  // Not `#`: Apollo works on a copy of the context, which a hard private member does not survive.
  private knownLoaders: Loaders | undefined;
  private knownViability: ViabilityService | undefined;
  private knownSession: Session | undefined;
  private knownKeptHomes: Promise<ReadonlySet<string> | null> | undefined;
  private knownOzmap: Ozmap | undefined;
  private knownViewer: Promise<Viewer> | undefined;
  private knownOperationLoaders: OperationLoaders | undefined;
  private refusal: unknown;

  /** Gathered while the request is carried out. */
  readonly touched = new Touched();

  /** The token's owner and the person in CNT. Errors: UNAUTHENTICATED · UPSTREAM_UNAVAILABLE. */
  readonly actor: Caller['actor'];
  readonly knownActor: Caller['knownActor'];
  readonly origin: Origin;
  readonly scopes: Caller['scopes'];
  readonly sale: SaleScope | null;
  readonly ozlocLinks: OzlocLinks;
  readonly journal: OperationJournal<Session>;
  readonly suggest: Suggester['suggest'];

  constructor(
    private readonly services: AppServices,
    private readonly caller: Caller,
  ) {
    ({ actor: this.actor, knownActor: this.knownActor, origin: this.origin } = caller);
    ({ scopes: this.scopes, sale: this.sale, ozlocLinks: this.ozlocLinks } = caller);
    ({ journal: this.journal, suggest: this.suggest } = services);
  }

  /** What the request will cost, measured before it is carried out. */
  expect(cost: number): void {
    this.caller.budget.expect(cost);
  }

  /** Has every field that the request asks for refused, with this error. */
  refuse(error: unknown): void {
    this.refusal = error;
  }

  /** Errors: what the request was refused with. */
  assertAdmitted(): void {
    if (this.refusal !== undefined) throw this.refusal;
  }

  /** True once the request was answered with REQUEST_TIMEOUT, or its caller is gone. */
  get expired(): boolean {
    return this.caller.budget.signal.reason instanceof RequestTimeoutError;
  }

  /** Errors: UNAUTHENTICATED · where a platform signs in, FORBIDDEN · UPSTREAM_UNAVAILABLE. */
  get token(): string {
    return this.caller.token();
  }

  /** What commands work on. They go on after a time-out: an operation that was begun is brought to its end. */
  get session(): Session {
    this.knownSession ??= this.sessionOver(this.services.ozmapAs(this.token));
    return this.knownSession;
  }

  /** OZmap for reading: what is asked is paid from the request's budget, and given up once the request is over. */
  get ozmap(): Ozmap {
    this.knownOzmap ??= this.services.ozmapAs(this.token, this.caller.budget);
    return this.knownOzmap;
  }

  get viability(): ViabilityService {
    this.knownViability ??= new ViabilityService({
      session: this.sessionOver(this.ozmap),
      geocoder: this.services.geocoder.forRequest(this.caller.budget),
      area: this.services.serviceArea,
      sale: this.sale,
    });
    return this.knownViability;
  }

  /** Resolves when what the router sent with this request has arrived, too: asked for together, it costs OZmap what one request costs. */
  async together(): Promise<void> {
    if (this.refusal === undefined) await this.services.together(this.token);
  }

  get loaders(): Loaders {
    this.knownLoaders ??= createLoaders(this.ozmap);
    return this.knownLoaders;
  }

  /**
   * Ids of homes that an unfinished operation keeps to itself, asked for once per request: not to be offered. Null while the journal does not
   * tell: then any home may be one of them.
   */
  get keptHomes(): Promise<ReadonlySet<string> | null> {
    this.knownKeptHomes ??= this.journal.findKeptHomes().then(
      (ids) => new Set(ids),
      () => null,
    );
    return this.knownKeptHomes;
  }

  /** The owner and the projects of the caller's token: what of the journal it may see. Errors: UNAUTHENTICATED · UPSTREAM_UNAVAILABLE. */
  viewer(): Promise<Viewer> {
    this.knownViewer ??= this.actor().then((actor) => this.services.viewerOf(this.token, actor));
    return this.knownViewer;
  }

  /** What the journal holds of an operation; read afresh, because commands of this very request change it. */
  async operation(id: string): Promise<IntegrationOperation | null> {
    const record = await this.journal.findOperation(id, await this.viewer());
    if (record) this.touched.contract(record.contractCode);
    return record && operationFrom(record);
  }

  get operationLoaders(): OperationLoaders {
    this.knownOperationLoaders ??= createOperationLoaders(this.journal, () => this.viewer());
    return this.knownOperationLoaders;
  }

  /** Forgets what was read so far: a mutation is about to change it. */
  forget(): void {
    this.knownLoaders = undefined;
    this.knownOperationLoaders = undefined;
    this.knownKeptHomes = undefined;
    this.knownViewer = undefined;
  }

  private sessionOver(ozmap: Ozmap): Session {
    const { policy, systemConfig, now, journal } = this.services;
    const { findReservations, isOutdated } = journal;
    return { ozmap, policy, systemConfig, now, findReservations, isOutdated };
  }
}
