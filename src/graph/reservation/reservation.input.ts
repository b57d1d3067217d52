import { InputType } from 'type-graphql';
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
import type { CoordinatesInput } from '../geo/geo.input.js';

/** What to reserve. */
@InputType({ description: 'What to reserve: a box at a location, or a kept property by `propertyId`.' })
export class ReservePortInput {
  @ContractCodeField("CNT's contract code: becomes the client's code in OZmap.")
  contractCode!: string;

  @OzmapIdField('Take over this property without client, with its drop and port; box and location then come from it.')
  propertyId?: string | null;

  @OzmapIdField('The box, one of the offers at `location`.')
  boxId?: string | null;

  @LocationField('Location of the client.')
  location?: CoordinatesInput | null;

  @TextField(200, "The client's name.")
  name?: string | null;

  @TextField(500, "The property's address.")
  address?: string | null;

  @TextField(5_000, "The client's observation.")
  observation?: string | null;

  @DropPathField()
  dropPath?: CoordinatesInput[] | null;

  @SplitterIdField()
  splitterId?: string | null;

  @PortField()
  port?: number | null;

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
