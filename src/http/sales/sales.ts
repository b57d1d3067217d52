import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { OperationAction } from '../../domain/operation.js';
import { BadUserInputError, ConflictError } from '../../errors/app-error.js';
import { type OzlocLinks, type Sale, type SaleKind, SaleScope } from '../../graph/ozloc/sale-scope.js';
import type { SaleStore } from '../../store/sales.js';
import { Seal, type Sealed } from './seal.js';

/** Remembers which tickets were used and which sales are over. Errors: JOURNAL_UNAVAILABLE. */
export type SaleLedger = Pick<SaleStore, 'issue' | 'redeem' | 'find' | 'addPlace' | 'end' | 'revoke'>;

/** What the page gets for its ticket. */
export interface SaleSession extends Sale {
  /** Goes where an OZmap token would go, and can do only what this sale needs. */
  token: string;
  /** ISO 8601. */
  expiresAt: string;
}

/** On whose behalf a bearer asks, and what it may do. */
export interface OpenedBearer {
  token: string;
  cntUser: string | null;
  scope: SaleScope;
}

/** What tickets need. */
export interface SalesOptions {
  /** Null: there are no links. */
  secret: string | null;
  ticketMs: number;
  /** How far from its place a sale reaches, metres. */
  radiusM: number;
  /** That a link may name; none when absent. */
  origins?: readonly string[];
  ledger: SaleLedger;
  now?: () => number;
}

/** From the ticket to the end of the sale: time for a talk with the client, not for a working day. */
const SESSION_MS = 90 * 60_000;
/** For an installer who gets it in the evening, and goes there the next day. */
const SKETCH_MS = 24 * 3_600_000;
/** Distinguishes our bearers from OZmap's tokens without decrypting each one. */
const BEARER_PREFIX = 'ozloc.';
/** A link without coordinates takes so many places: an address may be mistyped, or be found in the wrong street of that name. */
const MOST_PLACES = 3;
/** A whole address, and nothing in it that browsers read in more than one way. */
const PLAIN_ADDRESS = /^https?:\/\/[^\s\\]+$/i;
/** The command that makes each kind of sale. */
const ACTIONS: Record<SaleKind, OperationAction> = { reserve: 'port.reserve', relocate: 'client.relocate' };

const PLACE = z.object({ lat: z.number(), lng: z.number() }).nullable();

/** What is sealed into the address of a sketch: whose eyes read the contract. */
const SKETCH = z.object({ token: z.string(), cntUser: z.string().nullable(), contractCode: z.string() });
type SealedSketch = z.infer<typeof SKETCH>;

/** What is sealed into a ticket. */
const TICKET = SKETCH.extend({
  name: z.string().nullable(),
  address: z.string().nullable(),
  location: PLACE,
  tags: z.array(z.string()),
  relocate: z.boolean(),
  openerOrigin: z.string().optional(),
  returnUrl: z.string().optional(),
  state: z.string().optional(),
}) satisfies z.ZodType<Sale>;

/** What is sealed into a bearer. Without a place, the sale turns out where it is by what is asked. */
const BEARER = SKETCH.extend({ kind: z.enum(['reserve', 'relocate']), place: PLACE });

/** Sales that were handed to a seller by a link: a ticket, used once, then a bearer for one kind of sale, one contract, one place. */
export class Sales {
  readonly #seals: ReturnType<typeof sealsOf> | null;
  readonly #options: Required<SalesOptions>;

  constructor(options: SalesOptions) {
    this.#options = { now: Date.now, origins: [], ...options };
    this.#seals = options.secret === null ? null : sealsOf(options.secret);
  }

  /** Links to this page. `page` is its absolute address. */
  links(page: string): OzlocLinks {
    return {
      issue: async (sale, by) => {
        if (!this.#seals) throw new ConflictError('LINKS_NOT_CONFIGURED', 'links need SESSION_SECRET');
        assertKnownOrigins(sale, this.#options.origins);
        const { token, ownerId, cntUser } = by;
        const id = randomUUID();
        const expiresAt = this.#in(this.#options.ticketMs);
        const ticket = await this.#seals.ticket.close({ id, expiresAt, contents: { ...sale, token, cntUser } });
        await this.#options.ledger.issue({ id, ownerId, contractCode: sale.contractCode, expiresAt });
        return { url: `${page}#t=${ticket}`, expiresAt };
      },
      sketch: async (contractCode, { token, cntUser }) => {
        if (!this.#seals) return null;
        const expiresAt = this.#in(SKETCH_MS);
        const contents = { contractCode, token, cntUser };
        const sealed = await this.#seals.sketch.close({ id: randomUUID(), expiresAt, contents });
        const address = new URL(`v1/sketches/${sealed}`, page).href;
        return { png: `${address}.png`, pdf: `${address}.pdf`, expiresAt };
      },
      revoke: (ownerId, contractCode) => this.#options.ledger.revoke(ownerId, contractCode),
    };
  }

  /**
   * The session of a ticket; null when it was used or revoked, is over or was never one. `check` is asked first whether the token behind it still
   * works, and learns who in CNT made the link: when that is unknown the ticket stays good. Errors: `check`'s, and the ledger's.
   */
  async redeem(
    text: string,
    check: (token: string, cntUser: string | null) => Promise<unknown>,
  ): Promise<SaleSession | null> {
    const ticket = await this.#seals?.ticket.open(text);
    if (!this.#seals || !ticket) return null;
    const { token, cntUser, ...sale } = ticket.contents;
    await check(token, cntUser);
    const expiresAt = this.#in(SESSION_MS);
    const kind: SaleKind = sale.relocate ? 'relocate' : 'reserve';
    const contents = { token, cntUser, contractCode: sale.contractCode, kind, place: sale.location };
    const bearer = await this.#seals.bearer.close({ id: ticket.id, expiresAt, contents });
    if (!(await this.#options.ledger.redeem(ticket.id, expiresAt))) return null;
    return { token: BEARER_PREFIX + bearer, ...sale, expiresAt: expiresAt.toISOString() };
  }

  /** What a token opens: undefined when it is no bearer of ours at all, null when it is over. Errors: JOURNAL_UNAVAILABLE. */
  async read(token: string): Promise<OpenedBearer | null | undefined> {
    if (!token.startsWith(BEARER_PREFIX)) return undefined;
    const bearer = await this.#bearer(token);
    if (!bearer) return null;
    const { id, contents } = bearer;
    const { ledger, radiusM } = this.#options;
    const { token: ozmapToken, cntUser, contractCode, kind, place } = contents;
    const open = await ledger.find(id, ACTIONS[kind]);
    if (!open) return null;
    const scope = new SaleScope({
      contractCode,
      kind,
      places: place ? [place] : open.places,
      radiusM,
      sold: open.sold,
      addPlace: async (added) => place === null && ledger.addPlace(id, added, MOST_PLACES),
    });
    return { token: ozmapToken, cntUser, scope };
  }

  /** Which contract's sketch an address shows, and in whose eyes; null when it is over, or was never one. */
  async openSketch(sealed: string): Promise<SealedSketch | null> {
    return (await this.#seals?.sketch.open(sealed))?.contents ?? null;
  }

  /** Ends the sale of a bearer. False: it is no bearer of ours, or its time is over. Errors: JOURNAL_UNAVAILABLE. */
  async end(token: string): Promise<boolean> {
    const bearer = token.startsWith(BEARER_PREFIX) ? await this.#bearer(token) : null;
    if (bearer) await this.#options.ledger.end(bearer.id);
    return bearer !== null;
  }

  async #bearer(token: string): Promise<Sealed<z.infer<typeof BEARER>> | null> {
    return (await this.#seals?.bearer.open(token.slice(BEARER_PREFIX.length))) ?? null;
  }

  /** Whole seconds, as a JWT counts them. */
  #in(ms: number): Date {
    return new Date(Math.floor((this.#options.now() + ms) / 1_000) * 1_000);
  }
}

function sealsOf(secret: string) {
  return {
    ticket: new Seal(secret, 'ticket', TICKET),
    bearer: new Seal(secret, 'bearer', BEARER),
    sketch: new Seal(secret, 'sketch', SKETCH),
  };
}

/** A link leads, and its page speaks, only to whom the provider named. Errors: BAD_USER_INPUT. */
function assertKnownOrigins({ openerOrigin, returnUrl }: Sale, origins: readonly string[]): void {
  const refuse = (field: string) => new BadUserInputError('not of OZLOC_ORIGINS', [{ field }]);
  if (openerOrigin !== undefined && !origins.includes(openerOrigin)) throw refuse('openerOrigin');
  if (returnUrl === undefined) return;
  const url = PLAIN_ADDRESS.test(returnUrl) ? URL.parse(returnUrl) : null;
  const named = url !== null && url.username === '' && url.password === '' && origins.includes(url.origin);
  if (!named) throw refuse('returnUrl');
}
