import { z } from 'zod';
import { type Body, type Caller, Refused, type Resource } from '../resource.js';
import { externalId, parseBody, place, placeOf, reference, tags, text } from '../rules/body.js';
import { latLng } from '../rules/property-view.js';
import { checkExternalId, checkReferences, creator } from '../rules/references.js';
import { pointOf } from '../store/distance.js';
import type { Reader, Transaction } from '../store/store.js';
import { changedFields } from './catalogue.js';
import { emptyHousing } from './housing.js';

const fields = z.object({
  ...place,
  name: text.default(''),
  project: reference,
  boxType: reference,
  implanted: z.boolean(),
  hierarchyLevel: z.number(),
  address: text.optional(),
  shared: z.boolean().default(false),
  draft: z.boolean().default(false),
  certified: z.boolean().default(false),
  underground: z.boolean().default(false),
  default_reserve: z.number().default(0),
  pole: reference.optional(),
  tags: tags.default([]),
  observation: text.optional(),
  color: reference.optional(),
  fill_color: reference.optional(),
  external_id: externalId,
});

/** Service boxes (CTO, NAP). */
export const boxes: Resource<'boxes'> = {
  route: 'boxes',
  collection: 'boxes',
  references: { project: 'projects', boxType: 'box-types', pole: 'base-points', tags: 'tags', cables: 'cables' },
  projectOf: ({ project }) => project,
  present: (box) => ({ ...box, ...latLng(box.coords) }),
  create(tx, body, caller) {
    const { lat, lng, pole, ...given } = parseBody(fields, body);
    checkBoxReferences(tx, { ...given, pole }, caller);
    checkExternalId(tx, 'boxes', body);
    const stand = pole ? tx.get('base-points', pole) : undefined;
    const coords = placeOf({ coords: given.coords, lat, lng }) ?? stand?.coords;
    if (!coords) throw new Refused(400, '"coords" (ou "lat" e "lng") ou "pole" é obrigatório');
    // The box first: in OZmap the pole made along with it has the next id.
    const id = tx.newId();
    return tx.insert('boxes', {
      ...compact(given),
      id,
      kind: 'Box',
      name: given.name || nextName(tx, given.boxType),
      coords,
      pole: pole ?? poleAt(tx, coords, caller),
      cables: [],
      ...creator(caller),
    });
  },
  update(tx, box, body, caller) {
    const { lat, lng, coords, project, ...given } = changedFields(fields, body);
    checkBoxReferences(tx, given, caller);
    checkExternalId(tx, 'boxes', body);
    const moved = placeOf({ coords, lat, lng } as Parameters<typeof placeOf>[0]);
    tx.update('boxes', box.id, { ...given, ...(moved ? { coords: moved } : {}) });
  },
  remove(tx, box) {
    emptyHousing(tx, box.id, box.name);
    tx.remove('boxes', box.id);
  },
};

function checkBoxReferences(tx: Transaction, given: Body, caller: Caller): void {
  const targets = { project: 'projects', boxType: 'box-types', pole: 'base-points', tags: 'tags' } as const;
  for (const [field, target] of Object.entries(targets)) {
    checkReferences(tx, target, given[field] as string | string[] | undefined, field, caller);
  }
}

/** Guess: a nameless box is called by its type's prefix and the next number. */
function nextName(reader: Reader, boxType: string): string {
  const prefix = reader.get('box-types', boxType)?.prefix ?? '';
  let count = 0;
  for (const box of reader.all('boxes')) if (box.boxType === boxType) count += 1;
  return `${prefix}${count + 1}`;
}

/** The pole that stands there, or a point made for the box. */
function poleAt(tx: Transaction, coords: [number, number], caller: Caller): string {
  const [here] = tx.near('base-points', pointOf(coords), 1);
  if (here) return here.record.id;
  const point = { kind: 'Point' as const, name: '', coords, adjacents: [], tags: [], ...creator(caller) };
  return tx.insert('base-points', point).id;
}

/** Without the fields that nobody gave. */
export function compact<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { [K in keyof T]: Exclude<T[K], undefined> };
}
