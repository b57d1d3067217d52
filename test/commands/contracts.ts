import { activateClient } from '../../src/commands/activate-client.saga.js';
import { cancelClient } from '../../src/commands/cancel-client.saga.js';
import type { ReservePortCommandInput } from '../../src/commands/kit/reservation.js';
import { reservePort } from '../../src/commands/reserve-port.saga.js';
import type { Session } from '../../src/commands/session.js';
import { type ContractCode, parseContractCode } from '../../src/domain/contract-code.js';
import type { JsonObject } from '../../src/domain/json.js';
import { AppError } from '../../src/errors/app-error.js';
import type { Command } from '../../src/saga/command.js';
import { Operation } from './operation.js';
import type { Plant, Spot } from './plant.js';

let last = 0;
/** A contract code that no other test uses. */
export function freshCode(shape = ''): ContractCode {
  last += 1;
  return parseContractCode(`T${shape}${last}`);
}

/** Runs a command once, with nothing lost. */
export function run<Input extends JsonObject, Outcome>(
  plant: Plant,
  command: Command<Session, Input, Outcome>,
  input: Input,
  session: Session = plant.session(),
): Promise<Outcome> {
  return new Operation(command, input, session).run();
}

/** A reserved contract: its ids and where it is. */
export async function reserved(plant: Plant, given: Partial<ReservePortCommandInput> = {}, spot?: Spot) {
  const at = spot ?? (await plant.freshSpot());
  const code = given.contractCode ?? freshCode();
  const input = { contractCode: code, boxId: at.boxId, location: at.location, ...given };
  const { client, property } = await run(plant, reservePort, input);
  if (!property?.dropId) throw new Error('the reservation has no home with a drop');
  return { code, spot: at, clientId: client.id, propertyId: property.id, dropId: property.dropId, home: property };
}

export async function active(plant: Plant, given: Partial<ReservePortCommandInput> = {}, spot?: Spot) {
  const contract = await reserved(plant, given, spot);
  await run(plant, activateClient, { contractCode: contract.code });
  return contract;
}

/** A home that a cancelled contract left behind, connected or not. */
export async function keptHome(plant: Plant, disconnectDrop = false) {
  const contract = await active(plant);
  await run(plant, cancelClient, { contractCode: contract.code, disconnectDrop });
  return contract;
}

/** A session whose journal knows a reservation by what its operation noted. */
export function knowing(
  plant: Plant,
  { facts }: { facts: JsonObject },
  { id, code }: { id: string; code: string },
  expiresAt: Date | null = null,
): Session {
  return plant.session({ findReservations: async () => new Map([[code, { clientId: id, expiresAt, facts }]]) });
}

/** What is left of a contract in OZmap, past our client. */
export async function leftOf(plant: Plant, ids: { clientId: string; propertyId: string; dropId: string }) {
  const [client, property, drop] = await Promise.all([
    plant.record('ftth-clients', ids.clientId),
    plant.record('properties', ids.propertyId),
    plant.record('cables', ids.dropId),
  ]);
  return { client, property, drop };
}

/** The fibre on one port, past our client. */
export async function fiberOn(plant: Plant, splitterId: string, port: number): Promise<unknown> {
  const splitter = await plant.record('splitters', splitterId);
  return (splitter?.connectables as { output: unknown[] } | undefined)?.output[port - 1];
}

/** Code and reason of the refusal, and what it details. */
export async function refusal(act: Promise<unknown>) {
  try {
    await act;
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, reason: error.reason, details: error.details };
    throw error;
  }
  throw new Error('nothing was refused');
}
