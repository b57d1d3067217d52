import { z } from 'zod';
import type { ClientRecord, Coords, PropertyRecord } from '../records.js';
import { type Body, type Caller, Refused } from '../resource.js';
import { pointOf } from '../store/places.js';
import type { Reader, Transaction } from '../store/store.js';
import { checkReferences, clearable, externalId, type Housing, place, reference, referred, tags } from './body.js';
import { createClient } from './clients.js';
import { wayAlongPoles } from './viability/search.js';

const client = z.union([reference, z.record(z.string(), z.unknown())]).nullish();

/** What `POST properties` and `PATCH properties/{id}` take. */
export const propertyBody = z.object({
  ...place,
  address: clearable,
  box: reference.nullish(),
  pole: reference.nullish(),
  observation: clearable,
  potencyRead: z.number().nullish(),
  project: reference.optional(),
  tags: tags.optional(),
  client,
  external_id: externalId,
  auto_connect: z.boolean().optional(),
  force: z.boolean().optional(),
  connector: reference.nullish(),
  port: z.number().optional(),
  drop_poles: z.array(reference).optional(),
});
export type PropertyBody = z.output<typeof propertyBody>;

/** Searched in growing circles: a city has some tens of poles within the first. */
const POLE_SEARCH_M = [60, 250, 1_000];

/** Inferred: how far from its box a home without coordinates is drawn. Real answers show coordinates that no request had sent. */
const BESIDE_BOX_DEGREES = 0.00005;

/** Checks the references that a body makes beside box, project and client. Errors: 400. */
export function checkPropertyReferences(reader: Reader, given: PropertyBody, caller: Caller): void {
  checkReferences(reader, 'base-points', given.pole, 'pole', caller);
  checkReferences(reader, 'base-points', given.drop_poles, 'drop_poles', caller);
  checkReferences(reader, 'tags', given.tags, 'tags', caller);
  const poles = given.drop_poles ?? [];
  if (new Set(poles).size !== poles.length) throw new Refused(400, '"drop_poles" passa duas vezes pelo mesmo poste');
}

/**
 * The poles that a body leads the drop over: those it lists, else the way along the adjacencies to its `pole` (OZmap's guide to adjacencies);
 * undefined where it names neither. A flat's drop stays in its building.
 */
export function polesAsked(reader: Reader, given: PropertyBody, housing: Housing): readonly string[] | undefined {
  if (given.drop_poles?.length || !given.pole || housing.kind === 'Building') return given.drop_poles;
  return wayAlongPoles(reader, housing.pole, given.pole);
}

/** What makes no sense without a box, and what is not for sale. Inferred: `force` opens a box in project. */
export function checkSale(given: PropertyBody, housing: Housing | undefined): void {
  const { connector, port, auto_connect, drop_poles } = given;
  const wishes = { connector, port, auto_connect, drop_poles: drop_poles?.length };
  const wish = housing ? undefined : Object.entries(wishes).find(([, value]) => value);
  if (wish) throw new Refused(400, `"${wish[0]}" precisa de "box"`);
  if (housing?.kind === 'Box' && housing.draft && !given.force) {
    throw new Refused(400, `A caixa ${housing.name} está em projeto`);
  }
}

/** Inferred: a home cannot stand in another project than its box. */
export function projectFor(reader: Reader, given: PropertyBody, housing: Housing | undefined, caller: Caller): string {
  const id = given.project ?? housing?.project;
  if (!id) throw new Refused(400, '"project" ou "box" é obrigatório');
  const project = referred(reader, 'projects', id, 'project', caller);
  if (housing && housing.project !== id) throw new Refused(400, `A caixa ${housing.name} é de outro projeto`);
  return project.id;
}

/**
 * The client that a body names: an existing one by id, or a new one.
 * Errors: 400 when there is none with that id; 409 when it lives in another home already (unless forced), or the new code is taken.
 */
export function clientOf(
  tx: Transaction,
  given: string | Body,
  projectId: string,
  force: boolean | undefined,
  caller: Caller,
): ClientRecord {
  if (typeof given !== 'string') return createClient(tx, given, caller, projectId);
  const client = referred(tx, 'ftth-clients', given, 'client', caller);
  const homes = tx.where('properties', 'client', client.id);
  if (homes.length > 0 && !force) {
    throw new Refused(409, `O cliente ${client.code} já tem um imóvel: ${homes[0]?.id}`);
  }
  return client;
}

/** The pole where a home's drop starts when the body names none: the drop's last, the nearest, or the box's. */
export function poleFor(
  reader: Reader,
  coords: Coords | null,
  housing: Housing | undefined,
  dropPoles: readonly string[],
): string | null {
  const last = dropPoles.at(-1);
  if (last) return last;
  for (const radiusM of coords ? POLE_SEARCH_M : []) {
    const [nearest] = reader.near('base-points', pointOf(coords ?? [0, 0]), radiusM);
    if (nearest) return nearest.record.id;
  }
  return housing?.pole ?? null;
}

/** Where a home without coordinates is put. A flat has none. */
export function besideBox(housing: Housing | undefined): Coords | null {
  if (!housing || housing.kind === 'Building' || !housing.coords) return null;
  return [housing.coords[0] + BESIDE_BOX_DEGREES, housing.coords[1] + BESIDE_BOX_DEGREES];
}

/** The plain fields that a body sets; `null` clears. */
export function plainFields(given: PropertyBody): Partial<PropertyRecord> {
  const patch: Record<string, unknown> = {};
  for (const field of ['address', 'observation', 'potencyRead'] as const) {
    if (given[field] !== undefined) patch[field] = given[field] ?? undefined;
  }
  for (const field of ['tags', 'external_id'] as const) {
    if (given[field] !== undefined) patch[field] = given[field];
  }
  return patch as Partial<PropertyRecord>;
}
