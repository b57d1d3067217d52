import { z } from 'zod';
import type { Coords } from '../records.js';
import { type Body, Refused } from '../resource.js';

/** Guess: every id is a MongoDB ObjectId; anything else cannot exist. */
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

/** Fields that say where something is: `coords` as `[lng, lat]`, or `lat` with `lng`. */
export const place = {
  coords: z.array(z.number()).nullish(),
  lat: z.number().nullish(),
  lng: z.number().nullish(),
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

/** The point that a body gives, in whichever form; undefined when it gives none. Errors: 400 on half a point or one off the globe. */
export function placeOf(body: {
  coords?: number[] | null | undefined;
  lat?: number | null | undefined;
  lng?: number | null | undefined;
}): Coords | undefined {
  const [lng, lat] = body.coords ? body.coords : [body.lng ?? undefined, body.lat ?? undefined];
  if (lat === undefined && lng === undefined && !body.coords) return undefined;
  const whole = lat !== undefined && lng !== undefined && (!body.coords || body.coords.length === 2);
  if (!whole || Math.abs(lat) > 90 || Math.abs(lng) > 180) {
    throw new Refused(400, 'Coordenadas inválidas: use "coords": [longitude, latitude], ou "lat" e "lng", em graus');
  }
  return [lng, lat];
}

function isMissing(body: unknown, path: readonly PropertyKey[]): boolean {
  let value = body;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return true;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value === undefined;
}
