import { type Kysely, sql } from 'kysely';
import type { Coordinates } from '../domain/geo.js';
import { answered } from './database.js';
import type { Tables } from './tables.js';

/** A sale as its link names it. */
export interface IssuedSale {
  id: string;
  /** Of the token that made the link. */
  ownerId: string;
  contractCode: string;
  /** When the ticket is over. */
  expiresAt: Date;
}

/** A sale that was opened and is not over. */
export interface OpenSale {
  /** Where it turned out to be, oldest first. */
  places: Coordinates[];
  /** The command that made the sale; null while nothing was sold. */
  sold: { idempotencyKey: string | null } | null;
}

/** Sales by link, the same for all processes. Errors, of each method: JOURNAL_UNAVAILABLE. */
export class SaleStore {
  constructor(private readonly db: Kysely<Tables>) {}

  /** Enters a sale whose link was just made. */
  async issue({ id, ownerId, contractCode, expiresAt }: IssuedSale): Promise<void> {
    await this.run(sql`insert into sale (id, owner_id, contract_code, expires_at)
      values (${id}, ${ownerId}, ${contractCode}, ${expiresAt})`);
  }

  /** Opens a sale until `until`. True for the first caller; false ever after, and once it was revoked. */
  async redeem(id: string, until: Date): Promise<boolean> {
    const rows = await this.run(sql`update sale set redeemed_at = clock_timestamp(), expires_at = ${until}
      where id = ${id} and redeemed_at is null and ended_at is null returning id`);
    return rows.length === 1;
  }

  /**
   * Null once it is over, or was never opened. `action` is the command that makes the sale: it counts from whoever asked for it, once it was
   * applied to the contract after the sale was opened.
   */
  async find(id: string, action: string): Promise<OpenSale | null> {
    const [row] = await this.run(sql<{ places: Coordinates[]; sold: boolean; key: string | null }>`
      select s.places, o.id is not null as sold, o.idempotency_key as key
      from sale s left join lateral (
        select id, idempotency_key from operation where contract_code = s.contract_code and action = ${action}
          and state = 'APPLIED' and requested_at >= s.redeemed_at order by id desc limit 1
      ) o on true
      where s.id = ${id} and s.redeemed_at is not null and s.ended_at is null and s.expires_at > clock_timestamp()`);
    return row ? { places: row.places, sold: row.sold ? { idempotencyKey: row.key } : null } : null;
  }

  /** Adds a place to an open sale that has fewer than `most`. False: it has not. */
  async addPlace(id: string, { lat, lng }: Coordinates, most: number): Promise<boolean> {
    const place = JSON.stringify([{ lat, lng }]);
    const rows = await this.run(sql`update sale set places = places || ${place}::jsonb
      where id = ${id} and ended_at is null and jsonb_array_length(places) < ${most} returning id`);
    return rows.length === 1;
  }

  /** Ends a sale, and forgets its places. */
  async end(id: string): Promise<void> {
    await this.run(
      sql`update sale set ended_at = coalesce(ended_at, clock_timestamp()), places = '[]' where id = ${id}`,
    );
  }

  /** Ends an owner's links and sales of a contract; how many were not over yet. */
  async revoke(ownerId: string, contractCode: string): Promise<number> {
    const rows = await this.run(sql`update sale set ended_at = clock_timestamp(), places = '[]'
      where owner_id = ${ownerId} and contract_code = ${contractCode} and ended_at is null
        and expires_at > clock_timestamp() returning id`);
    return rows.length;
  }

  private async run<Row>(statement: { execute(db: Kysely<Tables>): Promise<{ rows: Row[] }> }): Promise<Row[]> {
    return (await answered(statement.execute(this.db))).rows;
  }
}
