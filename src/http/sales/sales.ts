import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ConflictError } from '../../errors/app-error.js';
import type { OzlocLinks, Principal, Sale } from '../../graph/ozloc/ozloc-links.js';
import { Seal } from './seal.js';
import type { TicketLedger } from './ticket-ledger.js';

/** What the page gets for its ticket. */
export interface SaleSession extends Sale {
  /** Goes where an OZmap token would go, and can do only what this sale needs. */
  token: string;
  /** ISO 8601. */
  expiresAt: string;
}

/** What a bearer opens. */
export interface SaleBearer extends Principal {
  contractCode: string;
}

/** What tickets need. */
export interface SalesOptions {
  /** Null: there are no links. */
  secret: string | null;
  ticketMs: number;
  ledger: TicketLedger;
  now?: () => number;
}

/** From the ticket to the end of the sale: time for a talk with the client, not for a working day. */
const SESSION_MS = 90 * 60_000;
/** Tells our bearers from OZmap's tokens without trying to open every one. */
const BEARER_PREFIX = 'ozloc.';

const PRINCIPAL = { token: z.string(), cntUser: z.string().nullable() };
const TICKET = z.object({
  ...PRINCIPAL,
  contractCode: z.string(),
  name: z.string().nullable(),
  address: z.string().nullable(),
  location: z.object({ lat: z.number(), lng: z.number() }).nullable(),
  tags: z.array(z.string()),
  relocate: z.boolean(),
}) satisfies z.ZodType<Sale & Principal>;
const BEARER = z.object({ ...PRINCIPAL, contractCode: z.string() }) satisfies z.ZodType<SaleBearer>;

/** Sales that were handed to a seller by a link: a ticket, used once, then a bearer for one contract. */
export class Sales {
  readonly #seals: { ticket: Seal<Sale & Principal>; bearer: Seal<SaleBearer> } | null;
  readonly #options: Required<SalesOptions>;

  constructor(options: SalesOptions) {
    const { secret } = options;
    this.#options = { now: Date.now, ...options };
    this.#seals =
      secret === null
        ? null
        : { ticket: new Seal(secret, 'ticket', TICKET), bearer: new Seal(secret, 'bearer', BEARER) };
  }

  /** Links to this page. `page` is its absolute address. */
  links(page: string): OzlocLinks {
    return {
      issue: async (sale, by) => {
        if (!this.#seals) throw new ConflictError('LINKS_NOT_CONFIGURED', 'links need SESSION_SECRET');
        const expiresAt = this.#in(this.#options.ticketMs);
        const contents = { ...sale, ...by };
        const ticket = await this.#seals.ticket.close({ id: randomUUID(), expiresAt, contents });
        return { url: `${page}#t=${ticket}`, expiresAt };
      },
    };
  }

  /**
   * The session of a ticket; null when it was used, is over or was never one. `check` is asked first whether the token behind it still
   * works: when that cannot be told the ticket stays good. Errors: `check`'s, and the ledger's.
   */
  async redeem(text: string, check: (token: string) => Promise<unknown>): Promise<SaleSession | null> {
    const ticket = await this.#seals?.ticket.open(text);
    if (!this.#seals || !ticket) return null;
    const { token, cntUser, ...sale } = ticket.contents;
    await check(token);
    const expiresAt = this.#in(SESSION_MS);
    const contents = { token, cntUser, contractCode: sale.contractCode };
    const bearer = await this.#seals.bearer.close({ id: randomUUID(), expiresAt, contents });
    if (!(await this.#options.ledger.consume(ticket.id, ticket.expiresAt))) return null;
    return { token: BEARER_PREFIX + bearer, ...sale, expiresAt: expiresAt.toISOString() };
  }

  /** What a token opens: undefined when it is no bearer of ours at all, null when it is over. */
  async read(token: string): Promise<SaleBearer | null | undefined> {
    if (!token.startsWith(BEARER_PREFIX)) return undefined;
    return (await this.#seals?.bearer.open(token.slice(BEARER_PREFIX.length)))?.contents ?? null;
  }

  /** Whole seconds, as a JWT counts them. */
  #in(ms: number): Date {
    return new Date(Math.floor((this.#options.now() + ms) / 1_000) * 1_000);
  }
}
