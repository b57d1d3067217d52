import { z } from 'zod';
import type { ContractCode } from '../../domain/contract-code.js';
import { assertOneClient } from '../../domain/contract-lifecycle.js';
import { NotFoundError } from '../../errors/app-error.js';
import type { FtthClient, Property } from '../../ozmap/types.js';
import type { ReservationInJournal, Session } from '../session.js';

/** A contract code as a saga remembers it: parsed before it was stored. */
export const CONTRACT_CODE = z.custom<ContractCode>((code) => typeof code === 'string');

/** On what a home was, as a saga remembers it. */
export const CONNECTION = z.object({
  id: z.string(),
  kind: z.string(),
  port: z.number().nullable(),
  fiberId: z.string().nullable(),
});

/** The client whose code is a contract's. */
export type ContractClient = FtthClient & { code: ContractCode };

/** A contract as OZmap knows it: its client and every home of that client. */
export interface Contract {
  client: ContractClient;
  homes: Property[];
}

/** The client that carries this code, letter by letter; null when this token sees none. Errors: CONFLICT CODE_AMBIGUOUS. */
export async function findClient({ ozmap }: Session, code: ContractCode): Promise<ContractClient | null> {
  const clients = await ozmap.findClientsByCodes([code]);
  return assertOneClient(clients.filter((client): client is ContractClient => client.code === code));
}

/** Two requests. Null when this token sees no client of this code. Errors: CONFLICT CODE_AMBIGUOUS. */
export async function findContract(session: Session, code: ContractCode): Promise<Contract | null> {
  const client = await findClient(session, code);
  if (!client) return null;
  return { client, homes: await session.ozmap.findPropertiesByClientIds([client.id]) };
}

/** Two requests. Errors: NOT_FOUND · CONFLICT CODE_AMBIGUOUS. */
export async function getContract(session: Session, code: ContractCode): Promise<Contract> {
  const contract = await findContract(session, code);
  if (!contract) throw new NotFoundError('client', code);
  return contract;
}

/** What the journal knows of this client's reservation; null: nothing, or of another client under the code. */
export async function findReservation(
  { findReservations }: Session,
  { id, code }: ContractClient,
): Promise<ReservationInJournal | null> {
  const known = (await findReservations?.([code]))?.get(code) ?? null;
  return known?.clientId === id ? known : null;
}

/** By id; null once it is gone. */
export async function findClientById({ ozmap }: Session, id: string): Promise<FtthClient | null> {
  return (await ozmap.findClientsByIds([id]))[0] ?? null;
}

/** By id; null once it is gone. */
export async function findHomeById({ ozmap }: Session, id: string): Promise<Property | null> {
  return (await ozmap.findPropertiesByIds([id]))[0] ?? null;
}

/** The client living in a home, whether OZmap sent it along or only named it. */
export async function findClientOf(session: Session, home: Property): Promise<FtthClient | null> {
  if (home.client || home.clientId === null) return home.client;
  return findClientById(session, home.clientId);
}
