import type { CollectionName, Records } from '../records.js';
import { type Body, type Caller, Refused } from '../resource.js';
import type { Reader } from '../store/store.js';

/** What a collection's record is called in a refusal. */
const NAMES: Partial<Record<CollectionName, string>> = {
  projects: 'Projeto',
  boxes: 'Caixa',
  buildings: 'Condomínio',
  properties: 'Imóvel',
  'ftth-clients': 'Cliente',
  cables: 'Cabo',
  fibers: 'Fibra',
  equipment: 'Equipamento',
  'base-points': 'Poste',
};

/**
 * The record that a body refers to. One in a project that the caller may not see is treated as not there.
 * Errors: 400 that names the field and the id.
 */
export function referred<C extends CollectionName>(
  reader: Reader,
  collection: C,
  id: string,
  field: string,
  caller: Caller,
): Records[C] {
  const record = reader.get(collection, id);
  if (!record || !isVisible(collection, record, caller)) throw notFound(collection, id, field);
  return record;
}

/** A reference that is checked only when given. */
export function checkReferences(
  reader: Reader,
  collection: CollectionName,
  ids: string | readonly string[] | null | undefined,
  field: string,
  caller: Caller,
): void {
  for (const id of typeof ids === 'string' ? [ids] : (ids ?? [])) referred(reader, collection, id, field, caller);
}

/** A thing that stands in a box or building. */
export type Housing = Records['boxes'] | Records['buildings'];

/** The box or building with this id; undefined when there is none, or not for this caller. */
export function findHousing(reader: Reader, id: string, caller: Caller): Housing | undefined {
  const housing = reader.get('boxes', id) ?? reader.get('buildings', id);
  return housing && caller.sees(housing.project) ? housing : undefined;
}

/** Errors: 400 when there is no such box or building. */
export function referredHousing(reader: Reader, id: string, field: string, caller: Caller): Housing {
  const housing = findHousing(reader, id, caller);
  if (!housing) throw notFound('boxes', id, field);
  return housing;
}

/** Who made a record, as OZmap notes it. */
export function creator({ user }: Caller): { creatorData: { id: string; name: string; username: string } } {
  return { creatorData: { id: user.id, name: user.name, username: user.username } };
}

/**
 * Refuses an `external_id` that some record of the collection has, the changed record itself not left out: the official SDK strips the
 * field from every update for that reason.
 */
export function checkExternalId(reader: Reader, collection: CollectionName, body: Body): void {
  const externalId = body.external_id;
  if (externalId === undefined || externalId === null) return;
  for (const record of reader.all(collection)) {
    if (record.external_id === String(externalId)) {
      throw new Refused(400, `Já existe um registro com "external_id" ${externalId}`);
    }
  }
}

function isVisible(collection: CollectionName, record: { id: string }, caller: Caller): boolean {
  const project: unknown = collection === 'projects' ? record.id : (record as { project?: unknown }).project;
  return typeof project !== 'string' || caller.sees(project);
}

function notFound(collection: CollectionName, id: string, field: string): Refused {
  return new Refused(400, `${NAMES[collection] ?? 'Registro'} não encontrado: "${field}" ${id}`);
}
