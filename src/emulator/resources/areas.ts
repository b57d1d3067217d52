import { z } from 'zod';
import type { Coords } from '../records.js';
import { name, placeOf, reference, tags, text } from '../rules/body.js';
import { latLng } from '../rules/property-view.js';
import { catalogue } from './catalogue.js';

const degrees = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const ring = z.array(degrees).min(4, 'um anel tem pelo menos quatro pontos, o último igual ao primeiro');

/** Gated communities. */
export const horizontalCondominiums = catalogue({
  route: 'horizontal-condominiums',
  collection: 'horizontal-condominiums',
  references: { project: 'projects', tags: 'tags' },
  projectOf: ({ project }) => project,
  fields: z.object({
    polygon: z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
    project: reference,
    tags: tags.default([]),
    name: name.default('Condomínio'),
    address: text.optional(),
    observation: text.optional(),
    color: text.optional(),
  }),
});

/** The SDK's type shows `{ lat, lng }`, its sample `[lng, lat]`. */
const point = z
  .union([z.array(z.number()), z.object({ lat: z.number(), lng: z.number() })])
  .transform((given) => placeOf(Array.isArray(given) ? { coords: given } : given) as Coords);

/** People who asked where there was no network. They belong to no project: the model has none. */
export const prospects = catalogue({
  route: 'prospects',
  collection: 'prospects',
  references: { tags: 'tags' },
  present: (prospect) => ({ ...prospect, ...latLng(prospect.coords) }),
  store: ({ lat, lng, ...given }) => {
    const at = typeof lat === 'number' && typeof lng === 'number' ? placeOf({ lat, lng }) : undefined;
    return at ? { ...given, coords: at } : given;
  },
  fields: z.object({
    name: text.default(''),
    code: z.union([z.string(), z.number()]).transform(String).optional(),
    phone: text.default(''),
    address: text.default(''),
    viable: z.boolean().optional(),
    observation: text.default(''),
    coords: point.optional(),
    lat: z.number().optional(),
    lng: z.number().optional(),
    tags: tags.default([]),
  }),
});
