import { Arg, Ctx, Field, GraphQLISODateTime, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { extendReservation } from '../../commands/extend-reservation.saga.js';
import type { ReservePortCommandInput } from '../../commands/kit/reservation.js';
import { reservePort } from '../../commands/reserve-port.saga.js';
import { withdrawReservation } from '../../commands/withdraw-reservation.saga.js';
import { parseContractCode } from '../../domain/contract-code.js';
import {
  ContractCodeField,
  DropPathField,
  IdempotencyKeyField,
  LocationField,
  OzmapIdField,
  PortField,
  SplitterIdField,
  TextField,
} from '../command-fields.js';
import type { RequestContext } from '../context.js';
import type { MapPointInput } from '../geo.type.js';
import { carryOut, MutationPayload, withoutBlanks } from '../mutation.js';
import { Reservation, reservationOf } from './reservation.type.js';

/** Result of a reservation. */
@ObjectType({ description: 'Result of a reservation.' })
export class ReservePortPayload extends MutationPayload {
  @Field(() => Reservation, { nullable: true, description: 'The reservation, read back from OZmap.' })
  reservation?: Reservation | null;
}

/** Result of an extension. */
@ObjectType({ description: 'Result of an extension.' })
export class ExtendReservationPayload extends MutationPayload {
  @Field(() => Reservation, { nullable: true, description: 'The reservation, with its new end.' })
  reservation?: Reservation | null;
}

/** Result of a withdrawal. */
@ObjectType({ description: 'Result of a withdrawal.' })
export class WithdrawReservationPayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: 'The contract whose port is free again.' })
  contractCode?: string | null;
}

/** What to reserve. */
@InputType({ description: 'What to reserve: a box at a location, or a kept property by `propertyId`.' })
export class ReservePortInput {
  @ContractCodeField("CNT's contract code: becomes the client's code in OZmap.")
  contractCode!: string;

  @OzmapIdField('Take over this property without client, with its drop and port; box and location then come from it.')
  propertyId?: string | null;

  @OzmapIdField('The box, one of the offers at `location`.')
  boxId?: string | null;

  @OzmapIdField('The building of a flat, one of the offers at its location; `boxId` and `location` are then absent.')
  buildingId?: string | null;

  @TextField(40, 'The flat, as its address says it, e.g. `101`. Needs `buildingId`.')
  apartment?: string | null;

  @LocationField('Location of the client.')
  location?: MapPointInput | null;

  @TextField(200, "The client's name.")
  name?: string | null;

  @TextField(500, "The property's address.")
  address?: string | null;

  @TextField(5_000, "The client's observation.")
  observation?: string | null;

  @DropPathField()
  dropPath?: MapPointInput[] | null;

  @SplitterIdField()
  splitterId?: string | null;

  @PortField()
  port?: number | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** Until when. */
@InputType({ description: 'The reservation to extend.' })
export class ExtendReservationInput {
  @ContractCodeField()
  contractCode!: string;

  @Field(() => GraphQLISODateTime, {
    description: 'When the reservation is to expire; it is then withdrawn. In the future, at most 366 days away.',
  })
  until!: Date;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** Which reservation. */
@InputType({ description: 'The reservation to withdraw.' })
export class WithdrawReservationInput {
  @ContractCodeField()
  contractCode!: string;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** Takes ports and gives them back. */
@Resolver()
export class ReservationMutationResolver {
  @Mutation(() => ReservePortPayload, {
    nullable: true,
    description: 'Creates client, property and drop in OZmap, not implanted, on a port of the chosen box.',
  })
  reservePort(
    @Arg('input', () => ReservePortInput, { description: 'The reservation to make.' }) input: ReservePortInput,
    @Ctx() context: RequestContext,
  ): Promise<ReservePortPayload> {
    const contractCode = parseContractCode(input.contractCode);
    return carryOut(context, input, {
      command: reservePort,
      input: { ...withoutBlanks<ReservePortCommandInput>(input), contractCode },
      boxIds: [input.boxId, input.buildingId],
      propertyIds: [input.propertyId],
      show: ({ client, property }) => ({ reservation: reservationOf(client, property) }),
    });
  }

  @Mutation(() => ExtendReservationPayload, {
    nullable: true,
    description: 'Sets when a reservation expires. Nothing is written to OZmap, which knows no end of a reservation.',
  })
  extendReservation(
    @Arg('input', () => ExtendReservationInput, { description: 'The reservation and its new end.' })
    input: ExtendReservationInput,
    @Ctx() context: RequestContext,
  ): Promise<ExtendReservationPayload> {
    const contractCode = parseContractCode(input.contractCode);
    return carryOut(context, input, {
      command: extendReservation,
      input: { contractCode, until: input.until.toISOString() },
      show: ({ client }) => ({ reservation: reservationOf(client) }),
    });
  }

  @Mutation(() => WithdrawReservationPayload, {
    nullable: true,
    description: 'Deletes client, property and drop of a contract that never became active, and frees the port.',
  })
  withdrawReservation(
    @Arg('input', () => WithdrawReservationInput, { description: 'The reservation to withdraw.' })
    input: WithdrawReservationInput,
    @Ctx() context: RequestContext,
  ): Promise<WithdrawReservationPayload> {
    const contractCode = parseContractCode(input.contractCode);
    return carryOut(context, input, {
      command: withdrawReservation,
      input: { contractCode },
      show: (outcome) => ({ contractCode: outcome.contractCode }),
    });
  }
}
