import type { Actor } from './domain/actor.js';
import type { Policy } from './domain/policy.js';
import { RequestTimeoutError, UnauthenticatedError } from './errors/app-error.js';
import { createLoaders, type Loaders } from './features/loaders.js';
import type { OzlocLinks } from './features/ozloc/ozloc-links.js';
import type { Session } from './features/session.js';
import { ViabilityService } from './features/viability/viability.service.js';
import type { Geocoder } from './geocoding/geocoder.js';
import type { Journal } from './journal/journal.js';
import type { Ozmap, OzmapConnector, SystemConfig } from './ozmap/types.js';

/** What all requests share. */
export interface AppServices {
  connector: OzmapConnector;
  geocoder: Geocoder;
  journal: Journal;
  policy: Policy;
  systemConfig(): Promise<SystemConfig>;
  now(): Date;
}

/** Who asks, as the HTTP side found out. */
export interface Caller {
  /** Null: none was sent. */
  token: string | null;
  /** The token's owner, asked of OZmap at most once per request. Errors: UNAUTHENTICATED · UPSTREAM_UNAVAILABLE. */
  actor(): Promise<Actor>;
  /** True once the request was answered with REQUEST_TIMEOUT. */
  expired(): boolean;
  /** The one contract that the caller may work on; null: whatever OZmap allows the token. */
  sale: { contractCode: string } | null;
  /** Links to the map page, as this caller reaches it. */
  ozlocLinks: OzlocLinks;
}

/** What resolvers work with; one per request. */
export class RequestContext {
  // Not `#`: Apollo works on a copy of the context, which a hard private member does not survive.
  private knownLoaders: Loaders | undefined;
  private knownViability: ViabilityService | undefined;
  private knownSession: Session | undefined;

  constructor(
    private readonly services: AppServices,
    private readonly caller: Caller,
  ) {}

  /** The token's owner and the person in CNT. Errors: UNAUTHENTICATED · UPSTREAM_UNAVAILABLE. */
  actor(): Promise<Actor> {
    return this.caller.actor();
  }

  /** Errors: UNAUTHENTICATED. */
  get token(): string {
    if (this.caller.token === null) throw new UnauthenticatedError('no token');
    return this.caller.token;
  }

  get sale(): { contractCode: string } | null {
    return this.caller.sale;
  }

  get ozlocLinks(): OzlocLinks {
    return this.caller.ozlocLinks;
  }

  get journal(): Journal {
    return this.services.journal;
  }

  /** What commands work on. They go on after a time-out: an operation that was begun is brought to its end. */
  get session(): Session {
    this.knownSession ??= this.sessionOver(this.services.connector.as(this.token));
    return this.knownSession;
  }

  /** OZmap for reading: asks nothing more once the request has timed out. */
  get ozmap(): Ozmap {
    return untilExpired(this.session.ozmap, this.caller);
  }

  get viability(): ViabilityService {
    this.knownViability ??= new ViabilityService({
      session: this.sessionOver(this.ozmap),
      geocoder: this.services.geocoder,
    });
    return this.knownViability;
  }

  get loaders(): Loaders {
    this.knownLoaders ??= createLoaders(this.ozmap);
    return this.knownLoaders;
  }

  /** Forgets what was read so far: a mutation is about to change it. */
  forget(): void {
    this.knownLoaders = undefined;
  }

  private sessionOver(ozmap: Ozmap): Session {
    const { policy, systemConfig, now } = this.services;
    return { ozmap, policy, systemConfig, now };
  }
}

function untilExpired(ozmap: Ozmap, caller: Caller): Ozmap {
  return new Proxy(ozmap, {
    get(target, name) {
      if (caller.expired()) throw new RequestTimeoutError('the request has timed out');
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
