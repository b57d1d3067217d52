import { Arg, Ctx, FieldResolver, GraphQLISODateTime, ID, Query, Resolver, Root } from 'type-graphql';
import { parseContractCode } from '../../domain/contract-code.js';
import type { Property as PropertyRecord } from '../../ozmap/types.js';
import type { KnownReservation } from '../../saga/reads/reader.js';
import { Box, boxFrom, buildingFrom, OzmapBuilding } from '../box/box.type.js';
import { Client, clientFrom } from '../client/client.type.js';
import { shown } from '../common.type.js';
import { connectionOf, NetworkAttachment } from '../connection/connection.resolver.js';
import type { RequestContext } from '../context.js';
import { findClient } from '../loaders.js';
import { dropOf, lastChanged, OzmapDrop, OzmapProperty, propertyFrom } from '../property/property.type.js';
import { Reservation, ReservationSketch, reservationOf, reservedAt } from './reservation.type.js';

/** Reservations by contract code, with their related records. */
@Resolver(() => Reservation)
export class ReservationResolver {
  @Query(() => Reservation, { nullable: true, description: 'The reservation; null once the client is active.' })
  async reservation(
    @Arg('contractCode', () => ID, { description: "CNT's contract code." }) contractCode: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Reservation | null> {
    const client = await findClient(loaders, parseContractCode(contractCode));
    return client && reservationOf(client);
  }

  @FieldResolver(() => Client, { nullable: true, description: 'The client, which is not implanted yet.' })
  client(@Root() { client }: Reservation): Client {
    return clientFrom(client);
  }

  @FieldResolver(() => OzmapProperty, { nullable: true, description: "The client's property." })
  async property(@Root() reservation: Reservation, @Ctx() context: RequestContext): Promise<OzmapProperty | null> {
    const home = await homeOf(reservation, context);
    return home && propertyFrom(home);
  }

  @FieldResolver(() => Box, { nullable: true, description: 'The box whose port is reserved; null for a flat.' })
  async box(@Root() reservation: Reservation, @Ctx() context: RequestContext): Promise<Box | null> {
    const home = await homeOf(reservation, context);
    return shown(context.loaders.boxes, home?.boxId, boxFrom);
  }

  @FieldResolver(() => OzmapBuilding, { nullable: true, description: 'The building, if the property is a flat.' })
  async building(@Root() reservation: Reservation, @Ctx() context: RequestContext): Promise<OzmapBuilding | null> {
    const home = await homeOf(reservation, context);
    return shown(context.loaders.buildings, home?.buildingId, buildingFrom);
  }

  @FieldResolver(() => NetworkAttachment, { nullable: true, description: 'The reserved port.' })
  async connection(
    @Root() reservation: Reservation,
    @Ctx() context: RequestContext,
  ): Promise<NetworkAttachment | null> {
    const home = await homeOf(reservation, context);
    return home && connectionOf(home);
  }

  @FieldResolver(() => OzmapDrop, { nullable: true, description: 'The planned drop cable.' })
  async drop(@Root() reservation: Reservation, @Ctx() context: RequestContext): Promise<OzmapDrop | null> {
    const home = await homeOf(reservation, context);
    return home && dropOf(home);
  }

  @FieldResolver(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When the client was assigned to the property.',
  })
  async reservedAt(@Root() reservation: Reservation, @Ctx() context: RequestContext): Promise<Date | null> {
    return reservedAt(reservation.client, await homeOf(reservation, context));
  }

  @FieldResolver(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When the reservation expires and is withdrawn automatically; null if it never does.',
  })
  async expiresAt(@Root() reservation: Reservation, @Ctx() context: RequestContext): Promise<Date | null> {
    return (await knownOf(reservation, context))?.expiresAt ?? null;
  }

  @FieldResolver(() => ReservationSketch, {
    nullable: true,
    description: "The installer's sheet; null where SESSION_SECRET is not configured.",
  })
  async sketch(
    @Root() { contractCode }: Reservation,
    @Ctx() context: RequestContext,
  ): Promise<ReservationSketch | null> {
    const { cntUser } = await context.actor();
    return context.ozlocLinks.sketch(contractCode, { token: context.token, cntUser });
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "False for reservations made elsewhere, e.g. in OZmap's own OZloc.",
  })
  async madeHere(@Root() reservation: Reservation, @Ctx() context: RequestContext): Promise<boolean> {
    return (await knownOf(reservation, context))?.madeHere ?? false;
  }
}

/** The journal's reservation, if it is of this very client: another one may have been made under the code since. */
async function knownOf(
  { contractCode, client }: Reservation,
  { operationLoaders }: RequestContext,
): Promise<KnownReservation | null> {
  const made = await operationLoaders.reservations.load(contractCode);
  return made?.clientId === client.id ? made : null;
}

async function homeOf({ home, client }: Reservation, { loaders }: RequestContext): Promise<PropertyRecord | null> {
  return home === undefined ? lastChanged(await loaders.propertiesByClient.load(client.id)) : home;
}
