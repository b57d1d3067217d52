import { z } from 'zod';
import type { ContractCode } from '../../domain/contract-code.js';
import { assertOneClient } from '../../domain/contract-lifecycle.js';
import { type ContractMark, withMark } from '../../domain/contract-mark.js';
import { type Write, withAnswer } from '../../domain/write.js';
import { NotFoundError } from '../../errors/app-error.js';
import type { FtthClient, Property } from '../../ozmap/types.js';
import { type ReservationInJournal, type Session, today } from '../session.js';
import { codeInUse } from './refused-write.js';

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

/** Writes the mark of a contract into the home that it left, of today where the mark has no day. Answers the home as it is then. */
export function markHome(home: Property, mark: ContractMark, session: Session): Write<Property> {
  const observation = withMark(home.observation, { ...mark, day: mark.day ?? today(session) });
  return withAnswer(session.ozmap.updateProperty(home.id, { observation }), () => ({ ...home, observation }));
}

/**
 * Makes sure that nobody carries this code, as far as OZmap shows: among the clients, and among the homes by code, which may look into other
 * projects. What neither shows, the create itself refuses. Two requests, beside the `look` that is under way; where that is refused as well, it is
 * the code in use that the caller is told.
 *
 * Errors: CONFLICT CODE_IN_USE · those of the look.
 */
export async function withCodeFree<T>({ ozmap }: Session, code: string, look: Promise<T>): Promise<T> {
  look.catch(() => {});
  const [clients, homes] = await Promise.all([
    ozmap.findClientsByCodes([code]),
    ozmap.findPropertiesByClientCode(code),
  ]);
  const taken =
    clients.some((client) => client.code === code) || homes.some((home) => (home.client?.code ?? code) === code);
  if (taken) throw codeInUse(code);
  return look;
}
