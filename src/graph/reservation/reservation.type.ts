import { Directive, Field, GraphQLISODateTime, ID, ObjectType } from 'type-graphql';
import type { FtthClient, Property as PropertyRecord } from '../../ozmap/types.js';

/** A held port. Related records are resolved in reservation.resolver.ts. */
@ObjectType({ description: 'A port reserved for a contract that is not active yet.' })
@Directive('@key(fields: "contractCode")')
export class Reservation {
  @Field(() => ID, { description: "CNT's contract code." })
  contractCode!: string;

  client!: FtthClient;
  /** The home if already loaded; undefined means not looked up yet. */
  home?: PropertyRecord | null;
}

/** Where the installer's sheet is, as picture and as a page of A4. */
@ObjectType({
  description: "The installer's sheet: addresses that work for a day and without a token. Whoever has one reads it.",
})
export class ReservationSketch {
  @Field(() => String, { description: 'A picture, PNG.' })
  png!: string;

  @Field(() => String, { description: 'One page of A4, PDF.' })
  pdf!: string;

  @Field(() => GraphQLISODateTime, { description: 'Until when they work.' })
  expiresAt!: Date;
}

/** The reservation of a client, or null once the client is active. */
export function reservationOf(client: FtthClient, home?: PropertyRecord | null): Reservation | null {
  if (client.implanted) return null;
  return { contractCode: client.code, client, ...(home !== undefined && { home }) };
}

/** When a client took its home: from the home's history, else when the client was made. */
export function reservedAt(client: FtthClient, home: PropertyRecord | null): Date | null {
  const entered = home?.history.findLast((entry) => entry.clientId === client.id)?.enterDate;
  const text = entered ?? client.createdAt;
  const date = text === null || text === undefined ? null : new Date(text);
  return date && Number.isNaN(date.getTime()) ? null : date;
}
