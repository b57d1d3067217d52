import { Field, ID, ObjectType } from 'type-graphql';
import { MutationPayload } from '../problem/payload.type.js';
import { Reservation } from './reservation.type.js';

/** What came of a reservation. */
@ObjectType({ description: 'Result of a reservation.' })
export class ReservePortPayload extends MutationPayload {
  @Field(() => Reservation, { nullable: true, description: 'The reservation, read back from OZmap.' })
  reservation?: Reservation | null;
}

/** What came of a withdrawal. */
@ObjectType({ description: 'Result of a withdrawal.' })
export class WithdrawReservationPayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: 'The contract whose port is free again.' })
  contractCode?: string | null;
}
