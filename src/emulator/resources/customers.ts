import { z } from 'zod';
import type { Coords, Records } from '../records.js';
import type { Resource } from '../resource.js';
import { degrees, maybe, name, placeOf, reference, tags, text } from '../rules/body.js';
import { createClient, removeClient, updateClient } from '../rules/clients.js';
import { presentProperty, withLatLng } from '../rules/property-view.js';
import { createProperty, removeProperty, updateProperty } from '../rules/property-write.js';
import { catalogue } from './catalogue.js';

/** What whatever stands somewhere refers to. */
const STANDING = { project: 'projects', pole: 'base-points', tags: 'tags', cables: 'cables' } as const;

/** Homes, with or without client. Lists show the client whole; the answer to `POST` shows its id. */
export const properties: Resource<'properties'> = {
  route: 'properties',
  collection: 'properties',
  references: { ...STANDING, box: 'boxes', client: 'ftth-clients', drop: 'cables', parent: 'buildings' },
  present: presentProperty,
  presentCreated: (property, reader) => ({ ...presentProperty(property, reader), client: property.client }),
  create: createProperty,
  update: updateProperty,
  remove: removeProperty,
  batchFields: ['potencyRead'],
};

/** Whatever a cable can end at: boxes, buildings and homes, told apart by `kind`. Read only. */
export const baseBoxes: Resource<'boxes'> = {
  route: 'base-boxes',
  collection: 'boxes',
  also: ['buildings', 'properties', 'pops', 'cable-stubs'],
  references: { ...properties.references, boxType: 'box-types', buildingType: 'building-types' },
  present: (record: Records['boxes'] | Records['properties'], reader) =>
    record.kind === 'Property' ? presentProperty(record, reader) : withLatLng(record),
};

/** Subscribers. */
export const ftthClients: Resource<'ftth-clients'> = {
  route: 'ftth-clients',
  collection: 'ftth-clients',
  references: { tags: 'tags' },
  present: ({ project, ...shown }) => ({ ...shown }),
  create: (tx, body, caller) => createClient(tx, body, caller),
  update: updateClient,
  remove: removeClient,
  batchFields: ['certified', 'implanted', 'status'],
};

/** The older name of the same list; some integrations look codes up there. */
export const clients: Resource<'ftth-clients'> = { ...ftthClients, route: 'clients' };

const corner = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const ring = z.array(corner).min(4, 'um anel tem pelo menos quatro pontos, o último igual ao primeiro');
/** A GeoJSON polygon of a community or region. */
export const polygon = z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) });

/** Gated communities. */
export const horizontalCondominiums = catalogue({
  route: 'horizontal-condominiums',
  references: { project: 'projects', tags: 'tags' },
  fields: z.object({
    polygon,
    project: reference,
    tags: tags.default([]),
    name: name.default('Condomínio'),
    address: maybe,
    observation: maybe,
    color: maybe,
  }),
});

/** The SDK's type shows `{ lat, lng }`, its sample `[lng, lat]`. */
const point = z
  .union([z.array(degrees), z.object({ lat: degrees, lng: degrees })])
  .transform((given) => placeOf(Array.isArray(given) ? { coords: given } : given) as Coords);

/** People who asked where there was no network. They belong to no project: the model has none. */
export const prospects = catalogue({
  route: 'prospects',
  references: { tags: 'tags' },
  present: withLatLng,
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
    lat: degrees.optional(),
    lng: degrees.optional(),
    tags: tags.default([]),
  }),
});
