import { z } from 'zod';
import type { ClientRecord, PropertyRecord } from '../records.js';
import { type Body, type Caller, Refused } from '../resource.js';
import type { Transaction } from '../store/store.js';
import {
  checkExternalId,
  checkReferences,
  clearable,
  code,
  compact,
  creator,
  externalId,
  parseBody,
  tags,
} from './body.js';

const clientBody = z.object({
  code: code.optional(),
  name: clearable,
  observation: clearable,
  implanted: z.boolean().optional(),
  certified: z.boolean().optional(),
  status: z.union([z.literal(0), z.literal(1)]).optional(),
  onu: z.object({ user_PPPoE: clearable, serial_number: clearable, mac_address: clearable }).nullish(),
  cpe: z.unknown().optional(),
  tags: tags.optional(),
  external_id: externalId,
});

/** Where a client without a home can be seen from: the project of the home it is made with, else the first that its maker sees. */
function firstProject(tx: Transaction, caller: Caller): string {
  for (const project of tx.all('projects')) if (caller.sees(project.id)) return project.id;
  throw new Refused(403, 'Nenhum projeto permitido para este usuário');
}

/** Makes a client. Errors: 409 when its code is taken, in whichever project. */
export function createClient(tx: Transaction, body: Body, caller: Caller, projectId?: string): ClientRecord {
  const given = parseBody(clientBody, body);
  checkReferences(tx, 'tags', given.tags, 'tags', caller);
  checkExternalId(tx, 'ftth-clients', body);
  const id = tx.newId();
  // Inferred: OZmap's create type lets the code out; something must stand there, and the id is free.
  const taken = given.code ?? id;
  checkCode(tx, taken);
  return tx.insert('ftth-clients', {
    id,
    kind: 'ftth',
    code: taken,
    name: given.name ?? '',
    observation: given.observation ?? '',
    implanted: given.implanted ?? false,
    certified: given.certified ?? false,
    status: given.status ?? 0,
    onu: onuOf(given.onu),
    tags: given.tags ?? [],
    project: projectId ?? firstProject(tx, caller),
    ...compact({ cpe: given.cpe, external_id: given.external_id }),
    ...creator(caller),
  });
}

/** Changes what the body names; `null` clears. Errors: 409 when the new code is another client's. */
export function updateClient(tx: Transaction, client: ClientRecord, body: Body, caller: Caller): void {
  const given = parseBody(clientBody, body);
  checkReferences(tx, 'tags', given.tags, 'tags', caller);
  checkExternalId(tx, 'ftth-clients', body);
  const { onu, name, observation, cpe, ...rest } = compact(given);
  if (rest.code !== undefined && rest.code !== client.code) checkCode(tx, rest.code);
  tx.update('ftth-clients', client.id, {
    ...rest,
    ...compact({ name: name === null ? '' : name, observation: observation === null ? '' : observation, cpe }),
    ...(onu === undefined ? {} : { onu: onuOf(onu, client.onu) }),
  });
}

/** Takes away the client only: its homes stay with drop and connection, and their history says until when. */
export function removeClient(tx: Transaction, client: ClientRecord): void {
  for (const property of tx.where('properties', 'client', client.id)) detachClient(tx, property);
  tx.remove('ftth-clients', client.id);
}

/** Writes the client into the home and its history. */
export function attachClient(tx: Transaction, property: PropertyRecord, client: ClientRecord): void {
  const entry = { id: client.id, code: client.code, enter_date: tx.now(), exit_date: null };
  tx.update('properties', property.id, {
    client: client.id,
    history: { clients: [...property.history.clients, entry] },
  });
  if (client.project !== property.project) tx.update('ftth-clients', client.id, { project: property.project });
}

/** Leaves the home without client; its history says until when. */
export function detachClient(tx: Transaction, property: PropertyRecord): PropertyRecord {
  const clients = property.history.clients.map((entry) =>
    entry.id === property.client && entry.exit_date === null ? { ...entry, exit_date: tx.now() } : entry,
  );
  return tx.update('properties', property.id, { client: null, history: { clients } });
}

/** Inferred (section 8, rows 7 and 16): codes are unique among the clients that exist; a removed client's code is free again. */
function checkCode(tx: Transaction, taken: string): void {
  const other = tx.where('ftth-clients', 'code', taken)[0];
  if (other) throw new Refused(409, `Já existe um cliente com o código ${taken}`);
}

type GivenOnu = z.output<typeof clientBody>['onu'];
function onuOf(given: GivenOnu, before?: ClientRecord['onu']): ClientRecord['onu'] {
  return {
    user_PPPoE: given?.user_PPPoE ?? before?.user_PPPoE ?? '',
    serial_number: given?.serial_number ?? before?.serial_number ?? '',
    mac_address: given?.mac_address ?? before?.mac_address ?? '',
  };
}
