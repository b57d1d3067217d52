import { z } from 'zod';
import type { ContractCode } from '../../domain/contract-code.js';
import { assertOneClient } from '../../domain/contract-lifecycle.js';
import { NotFoundError } from '../../errors/app-error.js';
import type { FtthClient, Ozmap, Property } from '../../ozmap/types.js';

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
export async function findClient(ozmap: Ozmap, code: ContractCode): Promise<ContractClient | null> {
  const clients = await ozmap.findClientsByCodes([code]);
  return assertOneClient(clients.filter((client): client is ContractClient => client.code === code));
}

/** Two requests. Null when this token sees no client of this code. Errors: CONFLICT CODE_AMBIGUOUS. */
export async function findContract(ozmap: Ozmap, code: ContractCode): Promise<Contract | null> {
  const client = await findClient(ozmap, code);
  if (!client) return null;
  return { client, homes: await ozmap.findPropertiesByClientIds([client.id]) };
}

/** Two requests. Errors: NOT_FOUND · CONFLICT CODE_AMBIGUOUS. */
export async function getContract(ozmap: Ozmap, code: ContractCode): Promise<Contract> {
  const contract = await findContract(ozmap, code);
  if (!contract) throw new NotFoundError('client', code);
  return contract;
}

/** By id; null once it is gone. */
export async function findClientById(ozmap: Ozmap, id: string): Promise<FtthClient | null> {
  return (await ozmap.findClientsByIds([id]))[0] ?? null;
}

/** By id; null once it is gone. */
export async function findHomeById(ozmap: Ozmap, id: string): Promise<Property | null> {
  return (await ozmap.findPropertiesByIds([id]))[0] ?? null;
}

/** The client living in a home, whether OZmap sent it along or only named it. */
export async function findClientOf(ozmap: Ozmap, home: Property): Promise<FtthClient | null> {
  if (home.client || home.clientId === null) return home.client;
  return findClientById(ozmap, home.clientId);
}
