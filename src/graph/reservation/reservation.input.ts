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
@InputType({ description: 'What to reserve: a box at a location, or a kept home by `propertyId`.' })
export class ReservePortInput {
  @ContractCodeField("CNT's contract code: becomes the client's code in OZmap.")
  contractCode!: string;

  @OzmapIdField('Take over this client-less home, its drop and its port; box and location then come from it.')
  propertyId?: string | null;

  @OzmapIdField('The box, one of the offers at `location`.')
  boxId?: string | null;

  @LocationField('Where the client stands.')
  location?: CoordinatesInput | null;

  @TextField(200, "The client's name.")
  name?: string | null;

  @TextField(500, "The home's address.")
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
@InputType({ description: 'Which reservation to give back.' })
export class WithdrawReservationInput {
  @ContractCodeField()
  contractCode!: string;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}
