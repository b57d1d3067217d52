import { z } from 'zod';
import { followReference } from '../query/values.js';
import type { CollectionName, Coords, Records } from '../records.js';
import { type Body, type Caller, hidingProject, Refused } from '../resource.js';
import type { Reader } from '../store/store.js';

/** Inferred: every id is a MongoDB ObjectId; anything else cannot exist. */
const OBJECT_ID = /^[0-9a-f]{24}$/i;

const { localeError } = z.locales.pt();

/** A reference to another record: its id, or the record itself as `populate` hands it out. */
export const reference = z
  .union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])
  .refine((id) => OBJECT_ID.test(id), 'não é um id de 24 dígitos hexadecimais')
  .transform((id) => id.toLowerCase());

/** A text; surrounding blanks go. */
export const text = z.string().trim();

/** A text that must say something. */
export const name = text.min(1, 'não pode ser vazio');

/** A text that `null` takes away. */
export const clearable = text.nullish();

/** A client's code: OZmap keeps text, other systems like to send numbers. */
export const code = z.union([z.string(), z.number()]).transform(String).pipe(name);

export const tags = z.array(reference);

/** Whatever an integrator stores beside a record. */
export const externalId = z.union([z.string(), z.number()]).transform(String).optional();

/** Degrees, as a number or as a text: OZmap's guide sends texts in filters. Inferred: bodies take them too. */
export const degrees = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^[-+]?\d+(\.\d+)?$/)
    .transform(Number),
]);

/** A text, or nothing. */
export const maybe = text.optional();

/** A colour, `#RRGGBB` or `#RRGGBBAA`. */
export const colour = (fallback: string) => text.default(fallback);

/** Fields that say where something is: `coords` as `[lng, lat]`, or `lat` with `lng`. */
export const place = {
  coords: z.array(degrees).nullish(),
  lat: degrees.nullish(),
  lng: degrees.nullish(),
};

/** Reads a request's body. Errors: 400 that names each field and what is wrong with it. */
export function parseBody<T extends z.ZodType>(schema: T, body: Body): z.output<T> {
  const result = schema.safeParse(body, { error: localeError });
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => {
    const field = issue.path.join('.') || 'corpo';
    return isMissing(body, issue.path) ? `"${field}" é obrigatório` : `"${field}": ${issue.message}`;
  });
  throw new Refused(400, faults.join('; '));
}

/** Without the fields that were not given. */
export function compact<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/** The fields that a body changes: only those it names, without the defaults of the others; `null` takes a field away. */
export function changedFields<S extends z.ZodRawShape>(fields: z.ZodObject<S>, body: Body): Changed<S> {
  const given = parseBody(fields.partial(), withoutNulls(body));
  const named = Object.entries(given).filter(([field]) => body[field] !== undefined);
  const cleared = Object.keys(fields.shape).flatMap((field) => (body[field] === null ? [[field, undefined]] : []));
  return Object.fromEntries([...named, ...cleared]);
}
type Changed<S extends z.ZodRawShape> = { [K in keyof S]?: Exclude<z.output<S[K]>, null> | undefined };

/** `null` in a body that gives whole records counts as not given. */
export function withoutNulls(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

export type GivenPlace = Partial<z.output<z.ZodObject<typeof place>>>;

/** The point that a body gives, in whichever form; undefined when it gives none. Errors: 400 on half a point or one off the globe. */
export function placeOf(body: GivenPlace): Coords | undefined {
  const [lng, lat] = body.coords ? body.coords : [body.lng ?? undefined, body.lat ?? undefined];
  if (lat === undefined && lng === undefined && !body.coords) return undefined;
  const whole = lat !== undefined && lng !== undefined && (!body.coords || body.coords.length === 2);
  if (!whole || Math.abs(lat) > 90 || Math.abs(lng) > 180) {
    throw new Refused(400, 'Coordenadas inválidas: use "coords": [longitude, latitude], ou "lat" e "lng", em graus');
  }
  return [lng, lat];
}

/** A body's fields with its point as `coords`. Errors: as `placeOf`. */
export function withCoords<T extends GivenPlace>({ lat, lng, coords, ...given }: T) {
  const at = placeOf({ lat, lng, coords });
  return { ...given, ...(at ? { coords: at } : {}) };
}

function isMissing(body: unknown, path: readonly PropertyKey[]): boolean {
  let value = body;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return true;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value === undefined;
}

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
  if (!record || hidingProject(caller, collection, record)) throw notFound(collection, id, field);
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
  for (const id of typeof ids === 'string' ? [ids] : (ids ?? [])) {
    const found = followReference(reader, collection, id);
    if (!found || hidingProject(caller, found.collection, found.record)) throw notFound(collection, id, field);
  }
}

/** A thing inside a box or building. */
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
  if (body.external_id === undefined || body.external_id === null) return;
  const wanted = String(body.external_id);
  // Sales are written with one, and there are many of them.
  const isSold = collection === 'properties' || collection === 'ftth-clients';
  for (const record of isSold ? reader.where(collection, 'external_id', wanted) : reader.all(collection)) {
    if (record.external_id === wanted) throw new Refused(400, `Já existe um registro com "external_id" ${wanted}`);
  }
}

function notFound(collection: CollectionName, id: string, field: string): Refused {
  return new Refused(400, `${NAMES[collection] ?? 'Registro'} não encontrado: "${field}" ${id}`);
}
