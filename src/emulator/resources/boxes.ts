import { z } from 'zod';
import { type Body, type Caller, Refused, type Resource } from '../resource.js';
import {
  changedFields,
  checkExternalId,
  checkReferences,
  compact,
  creator,
  externalId,
  maybe,
  parseBody,
  place,
  placeOf,
  reference,
  tags,
  text,
  withCoords,
} from '../rules/body.js';
import { withLatLng } from '../rules/property-view.js';
import { pointOf } from '../store/places.js';
import type { Reader, Transaction } from '../store/store.js';

/**
 * Clears a box or building of its equipment before it goes. Errors: 409 while a cable, drop or home is attached to it, or a fibre on its
 * equipment. Inferred: what OZmap deletes along with a box is not documented; refusing loses nothing.
 */
function emptyHousing(tx: Transaction, id: string, name: string): void {
  const cables = [...tx.where('cables', 'boxA', id), ...tx.where('cables', 'boxB', id)];
  const homes = [...tx.where('properties', 'box', id), ...tx.where('properties', 'parent', id)];
  if (cables.length + homes.length > 0) {
    throw new Refused(409, `${name} ainda tem ${cables.length} cabos ou drops e ${homes.length} imóveis`);
  }
  for (const equipment of tx.where('equipment', 'parent', id)) {
    const { input, output } = equipment.connectables;
    if ([...input, ...output].some(Boolean)) throw new Refused(409, `${equipment.name} ainda tem fibras conectadas`);
    tx.remove('equipment', equipment.id);
  }
}

const boxFields = z.object({
  ...place,
  name: text.default(''),
  project: reference,
  boxType: reference,
  implanted: z.boolean(),
  hierarchyLevel: z.number(),
  address: maybe,
  shared: z.boolean().default(false),
  draft: z.boolean().default(false),
  certified: z.boolean().default(false),
  underground: z.boolean().default(false),
  default_reserve: z.number().default(0),
  pole: reference.optional(),
  tags: tags.default([]),
  observation: maybe,
  color: reference.optional(),
  fill_color: reference.optional(),
  external_id: externalId,
});

/** Service boxes (CTO, NAP). */
export const boxes: Resource<'boxes'> = {
  route: 'boxes',
  collection: 'boxes',
  references: { project: 'projects', boxType: 'box-types', pole: 'base-points', tags: 'tags', cables: 'cables' },
  present: withLatLng,
  create(tx, body, caller) {
    const { lat, lng, pole, ...given } = parseBody(boxFields, body);
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
      pole: pole ?? pointAt(tx, coords, caller),
      cables: [],
      ...creator(caller),
    });
  },
  update(tx, box, body, caller) {
    const { project, ...given } = changedFields(boxFields, body);
    checkBoxReferences(tx, given, caller);
    checkExternalId(tx, 'boxes', body);
    tx.update('boxes', box.id, withCoords(given));
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

/** Inferred: a nameless box is called by its type's prefix and the next number. */
function nextName(reader: Reader, boxType: string): string {
  const prefix = reader.get('box-types', boxType)?.prefix ?? '';
  let count = 0;
  for (const box of reader.all('boxes')) if (box.boxType === boxType) count += 1;
  return `${prefix}${count + 1}`;
}

/** The pole or point at that place, or a point made there. */
export function pointAt(tx: Transaction, coords: [number, number], caller: Caller): string {
  const [here] = tx.near('base-points', pointOf(coords), 1);
  if (here) return here.record.id;
  const point = { kind: 'Point' as const, name: '', coords, adjacents: [], tags: [], ...creator(caller) };
  return tx.insert('base-points', point).id;
}

const buildingFields = z.object({
  ...place,
  name: text.default(''),
  project: reference,
  buildingType: reference,
  implanted: z.boolean().default(true),
  address: maybe,
  pole: reference.optional(),
  tags: tags.default([]),
  observation: maybe,
  external_id: externalId,
});

/** Vertical condominiums: homes inside have the building where others have a box. */
export const buildings: Resource<'buildings'> = {
  route: 'buildings',
  collection: 'buildings',
  references: {
    project: 'projects',
    buildingType: 'building-types',
    pole: 'base-points',
    tags: 'tags',
    cables: 'cables',
  },
  present: withLatLng,
  create(tx, body, caller) {
    const { lat, lng, ...given } = parseBody(buildingFields, body);
    const coords = placeOf({ coords: given.coords, lat, lng });
    if (!coords) throw new Refused(400, '"coords" (ou "lat" e "lng") é obrigatório');
    checkReferences(tx, 'projects', given.project, 'project', caller);
    checkReferences(tx, 'building-types', given.buildingType, 'buildingType', caller);
    checkReferences(tx, 'base-points', given.pole, 'pole', caller);
    checkExternalId(tx, 'buildings', body);
    return tx.insert('buildings', {
      ...compact(given),
      kind: 'Building',
      hasProblem: false,
      coords,
      pole: given.pole ?? null,
      cables: [],
      ...creator(caller),
    });
  },
  update(tx, building, body, caller) {
    const { project, ...given } = changedFields(buildingFields, body);
    checkReferences(tx, 'building-types', given.buildingType, 'buildingType', caller);
    checkReferences(tx, 'base-points', given.pole, 'pole', caller);
    checkExternalId(tx, 'buildings', body);
    tx.update('buildings', building.id, withCoords(given));
  },
  remove(tx, building) {
    emptyHousing(tx, building.id, building.name);
    tx.remove('buildings', building.id);
  },
};
