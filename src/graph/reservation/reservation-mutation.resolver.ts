import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { type ReservePortCommandInput, reservePort } from '../../commands/reserve-port.js';
import { withdrawReservation } from '../../commands/withdraw-reservation.js';
import { parseContractCode } from '../../domain/contract-code.js';
import type { RequestContext } from '../context.js';
import { carryOut, plain, withoutKey } from '../mutation.js';
import { ReservePortInput, WithdrawReservationInput } from './reservation.input.js';
import { reservationOf } from './reservation.type.js';
import { ReservePortPayload, WithdrawReservationPayload } from './reservation-payload.type.js';

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
    return carryOut(context, {
      command: reservePort,
      input: { ...plain<ReservePortCommandInput>(withoutKey(input)), contractCode },
      contractCode,
      idempotencyKey: input.idempotencyKey,
      boxIds: [input.boxId],
      propertyIds: [input.propertyId],
      show: ({ client, property }) => ({ reservation: reservationOf(client, property) }),
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
    return carryOut(context, {
      command: withdrawReservation,
      input: { contractCode },
      contractCode,
      idempotencyKey: input.idempotencyKey,
      show: (outcome) => ({ contractCode: outcome.contractCode }),
    });
  }
}
