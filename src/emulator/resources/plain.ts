import { z } from 'zod';
import { followReference } from '../query/values.js';
import type { PlainRecord, PlainRoute } from '../records.js';
import type { Resource } from '../resource.js';
import { colour, degrees, type GivenPlace, maybe, name, placeOf, reference, tags, text } from '../rules/body.js';
import { withLatLng } from '../rules/property-view.js';
import { catalogue } from './catalogue.js';
import { polygon } from './customers.js';

/** A collection that keeps what it is given, as the SDK's create types have it. */
function plain(
  route: PlainRoute,
  fields: z.ZodRawShape,
  more: Partial<Parameters<typeof catalogue<PlainRoute>>[0]> = {},
): Resource<PlainRoute> {
  return catalogue({ route, fields: z.object(fields), ...more });
}

const said = text.default('');
const flag = z.boolean().default(false);
const number = (otherwise: number) => z.number().default(otherwise);
const tagged = tags.default([]);
const object = z.record(z.string(), z.unknown());
const make = { brand: said, mold: said, description: said };

const place = { coords: z.array(degrees).length(2).optional(), lat: degrees.optional(), lng: degrees.optional() };
const placed = {
  present: withLatLng,
  store: ({ lat, lng, ...given }: GivenPlace) => {
    const coords = placeOf({ lat, lng, ...given });
    return coords ? { ...given, coords } : given;
  },
};

/** An OLT and its parts as the SDK lists them; which fibre is on which port is not emulated. */
const active = (kind: string) => ({
  kind: z.literal(kind).default(kind),
  connectables: z.array(reference.nullable()).default([null]),
  index: z.number().optional(),
  label: z.string().default(''),
  attenuation: z.array(z.number()).default([]),
  implanted: z.boolean().default(true),
  isDrop: flag,
  parent: reference,
  project: reference.optional(),
  name: said,
  observation: maybe,
  size: number(1),
  shelf: reference.optional(),
  tags: tagged,
});
const inHousing = { parent: 'pops', project: 'projects', shelf: 'shelfs', tags: 'tags' } as const;

const lines = z.array(z.object({ color: text }));

/** A record of the project of what it is in, where the body names none. */
function inherits(resource: Resource<PlainRoute>, field: 'parent' | 'olt'): Resource<PlainRoute> {
  return {
    ...resource,
    create(tx, body, caller) {
      const outer = followReference(tx, resource.references[field] ?? 'pops', String(body[field]))?.record;
      const project = (outer as PlainRecord | undefined)?.project;
      return resource.create?.(tx, { ...(project ? { project } : {}), ...body }, caller) as PlainRecord;
    },
  };
}

/** The collections that field clients list, and those that these refer to. */
export const plainResources = [
  plain(
    'pendency-types',
    { name, color: colour('#ffdd00'), description: maybe },
    { usedBy: [['pendencies', 'pendencyType']] },
  ),
  plain(
    'pendencies',
    {
      ...place,
      owner: reference,
      project: reference,
      pendencyType: reference,
      responsibles: z.array(reference).default([]),
      solved: flag,
      name: maybe,
      description: maybe,
      color: reference.optional(),
      tags: tagged,
    },
    {
      ...placed,
      references: {
        owner: 'users',
        project: 'projects',
        pendencyType: 'pendency-types',
        responsibles: 'users',
        color: 'colors',
        tags: 'tags',
      },
    },
  ),
  plain(
    'region-types',
    { name, color: colour('#3388FF'), description: maybe, lineWidth: number(1), borderColor: colour('#3388FF') },
    { usedBy: [['regions', 'regionType']] },
  ),
  plain(
    'regions',
    {
      polygon,
      name: maybe,
      observation: maybe,
      regionType: reference,
      projects: z.array(reference).default([]),
      color: maybe,
      borderColor: maybe,
      tags: tagged,
    },
    { references: { regionType: 'region-types', projects: 'projects', tags: 'tags' } },
  ),
  plain('colors', { name, color: text }),
  plain('fiber-profiles', {
    name,
    defaultFiberColor: colour('#00A651'),
    defaultTubeColor: colour('#00A651'),
    fibers: lines,
    tubes: lines,
  }),
  plain('project-groups', {
    name,
    hasLogo: flag,
    projects: z.array(z.object({ project: reference })).default([]),
    users: z.array(reference).optional(),
  }),
  plain('box-templates', {
    name,
    description: maybe,
    structure: object.default({}),
    positions: object.default({}),
    topology: object.default({}),
  }),
  plain('fusion-types', { code: name, loss: number(0), isDrop: flag }, { usedBy: [['equipment', 'fusionType']] }),
  plain(
    'switch-types',
    { code: name, ...make, ratio: z.int().min(1), isDrop: flag, manageable: flag, size: number(1) },
    { usedBy: [['equipment', 'switchType']] },
  ),
  plain(
    'pop-types',
    {
      code: name,
      prefix: z.string().default('POP '),
      hierarchyLevel: number(1),
      description: maybe,
      color: z
        .object({ implanted: colour('#3388FFFF'), notImplanted: colour('#FFA500A6'), draft: colour('#FFA500A6') })
        .prefault({}),
    },
    { usedBy: [['pops', 'popType']] },
  ),
  plain(
    'pops',
    {
      ...place,
      kind: z.literal('Pop').default('Pop'),
      name: text.default('POP'),
      project: reference,
      popType: reference,
      pole: reference.optional(),
      address: maybe,
      observation: maybe,
      shared: flag,
      draft: flag,
      implanted: z.boolean(),
      certified: flag,
      hierarchyLevel: z.number(),
      structureOrder: z.array(z.string()).default([]),
      cables: tagged,
      tags: tagged,
    },
    {
      ...placed,
      references: { project: 'projects', popType: 'pop-types', pole: 'base-points', tags: 'tags' },
      usedBy: [
        ['olts', 'parent'],
        ['shelfs', 'parent'],
      ],
    },
  ),
  plain(
    'shelf-types',
    { code: name, ...make, prefix: z.string().default(''), size: number(1) },
    { usedBy: [['shelfs', 'shelfType']] },
  ),
  inherits(
    plain(
      'shelfs',
      { ...active('Shelf'), shelfType: reference },
      { references: { ...inHousing, shelfType: 'shelf-types' }, usedBy: [['olts', 'shelf']] },
    ),
    'parent',
  ),
  plain(
    'olt-types',
    {
      code: name,
      ...make,
      prefix: z.string().default('OLT '),
      size: number(1),
      defaultPotency: number(0),
      defaultClients: z.number().optional(),
      slots: z.array(z.object({ name: z.number(), starting_pon_number: number(0), pons: z.number() })).default([]),
    },
    { usedBy: [['olts', 'oltType']] },
  ),
  plain(
    'olts',
    {
      ...active('OLT'),
      project: reference,
      oltType: reference,
      user: maybe,
      password: maybe,
      ip: maybe,
      port: z.number().optional(),
      snmp: object.optional(),
      tr069: object.optional(),
    },
    { references: { ...inHousing, oltType: 'olt-types' }, usedBy: [['slots', 'olt']] },
  ),
  inherits(
    plain(
      'slots',
      { ...active('Slot'), olt: reference, starting_pon_number: number(0) },
      { references: { ...inHousing, olt: 'olts' }, usedBy: [['pons', 'slot']] },
    ),
    'olt',
  ),
  plain(
    'pons',
    { ...active('PON'), slot: reference, potency: number(0), maximumClients: number(128) },
    { references: { ...inHousing, slot: 'slots' }, usedBy: [['equipment', 'pon']] },
  ),
];
