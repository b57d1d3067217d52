import { z } from 'zod';
import { followReference } from '../query/values.js';
import type { CableRecord, Coords } from '../records.js';
import { type Caller, Refused, type Resource } from '../resource.js';
import {
  changedFields,
  checkExternalId,
  checkReferences,
  compact,
  creator,
  degrees,
  externalId,
  maybe,
  parseBody,
  placeOf,
  reference,
  referred,
  referredHousing,
  tags,
  text,
} from '../rules/body.js';
import { dropPath, insertCable, measures, removeCable } from '../rules/drops.js';
import { withLatLng } from '../rules/property-view.js';
import type { Transaction } from '../store/store.js';
import { boxes, pointAt } from './boxes.js';
import { readOnly } from './catalogue.js';

/** A pole by its id, or a point where the cable bends. */
const pole = z.union([
  z.object({ id: reference, reserve: z.number().default(0), from: reference.optional(), into: reference.optional() }),
  z.object({ lat: degrees, lng: degrees }),
]);
type GivenPole = z.output<typeof pole>;
type Poles = CableRecord['poles'];
/** A box or home by its id, the fields of a box to be made there, or nothing. */
const end = z.union([reference, z.record(z.string(), z.unknown())]).nullish();

const cableFields = z.object({
  project: reference,
  cableType: reference,
  kind: z.enum(['Cable', 'Drop']).optional(),
  boxA: end,
  boxB: end,
  poles: z.array(pole),
  hierarchyLevel: z.number(),
  implanted: z.boolean(),
  looseNumber: z.number().optional(),
  orientationA: z.string().optional(),
  orientationB: z.string().optional(),
  name: maybe,
  observation: maybe,
  color: reference.optional(),
  tags: tags.default([]),
  external_id: externalId,
});
const changeable = cableFields.omit({ project: true, kind: true, boxA: true, boxB: true, cableType: true });

/** Cables, drops among them. A cable with a home at one end is a drop, as older integrations lay them by hand. */
export const cables: Resource<'cables'> = {
  route: 'cables',
  collection: 'cables',
  references: { project: 'projects', cableType: 'cable-types', boxA: 'boxes', boxB: 'boxes', tags: 'tags' },
  present: (cable) => ({ ...cable }),
  create(tx, body, caller) {
    const { kind, looseNumber, boxA, boxB, poles, external_id, ...given } = parseBody(cableFields, body);
    referred(tx, 'projects', given.project, 'project', caller);
    const type = referred(tx, 'cable-types', given.cableType, 'cableType', caller);
    checkReferences(tx, 'tags', given.tags, 'tags', caller);
    checkExternalId(tx, 'cables', body);
    const way = polesOf(tx, poles, caller);
    const a = endOf(tx, boxA, 'boxA', { pole: way[0]?.id, project: given.project }, caller);
    const b = endOf(tx, boxB, 'boxB', { pole: way.at(-1)?.id, project: given.project }, caller);
    const ends = readEnds(tx, a, b);
    if (kind === 'Drop' && !ends.property) throw new Refused(400, 'Um drop liga uma caixa a um imóvel');
    if (ends.property?.drop) throw new Refused(409, `O imóvel já tem o drop ${ends.property.drop}`);
    const ordered = a.id === ends.near.id ? way : [...way].reverse();
    const cable = insertCable(tx, caller, {
      ...compact(given),
      ...(external_id ? { external_id } : {}),
      kind: ends.property ? 'Drop' : 'Cable',
      boxA: ends.near.id,
      boxB: ends.far.id,
      fiberNumber: type.fiberNumber,
      looseNumber: looseNumber ?? type.looseNumber,
      ...measures(pathOf(tx, ends.near, ordered, ends.far.coords)),
      poles: ordered,
    } as Parameters<typeof insertCable>[2]);
    if (ends.property) tx.update('properties', ends.property.id, { box: ends.near.id });
    return cable;
  },
  update(tx, cable, body, caller) {
    const { poles, ...given } = changedFields(changeable, body);
    checkExternalId(tx, 'cables', body);
    const way = poles && polesOf(tx, poles, caller);
    tx.update('cables', cable.id, {
      ...given,
      ...(way ? { poles: way, length: lengthAlong(tx, cable, way) } : {}),
    });
  },
  remove(tx, cable) {
    removeCable(tx, cable.id);
    for (const id of [cable.boxA, cable.boxB]) tx.remove('cable-stubs', id);
  },
};

/** Drops alone, on a route of their own. */
export const drops: Resource<'cables'> = { ...cables, route: 'drops', holds: ({ kind }) => kind === 'Drop' };

/** The poles of a cable's way; where it names a place, the pole or point there, or one that is made. */
function polesOf(tx: Transaction, poles: readonly GivenPole[], caller: Caller): Poles {
  return poles.map((given) => {
    if ('lat' in given) return { id: pointAt(tx, placeOf(given) as Coords, caller), reserve: 0 };
    checkReferences(tx, 'base-points', given.id, 'poles', caller);
    return compact(given) as Poles[number];
  });
}

/** Where a cable ends that ends in no box. They come with their cables. */
export const cableStubs: Resource<'cable-stubs'> = {
  route: 'cable-stubs',
  collection: 'cable-stubs',
  references: { project: 'projects', pole: 'base-points' },
  present: withLatLng,
};

type End = { id: string; coords: Coords | null };

/**
 * A box, home or CableStub (OZmap's kind for an end in no box) that a cable ends at. Inferred: the fields of a box make one at the cable's last
 * pole on that side, and where no box is named the cable ends there in a CableStub.
 */
function endOf(
  tx: Transaction,
  given: z.output<typeof end>,
  field: 'boxA' | 'boxB',
  at: { pole: string | undefined; project: string },
  caller: Caller,
): End {
  if (typeof given === 'string') {
    const home = tx.get('properties', given);
    return home && caller.sees(home.project) ? home : referredHousing(tx, given, field, caller);
  }
  const coords = at.pole === undefined ? undefined : tx.get('base-points', at.pole)?.coords;
  if (!coords) throw new Refused(400, `"${field}" é obrigatório para um cabo sem postes`);
  if (given) return boxes.create?.(tx, { ...given, ...at, coords }, caller) as End;
  const stub = { kind: 'CableStub', name: '', project: at.project, pole: at.pole, coords, cables: [], tags: [] };
  return { id: tx.insert('cable-stubs', { ...stub, ...creator(caller) }).id, coords };
}

/** Where a cable starts and ends; a drop starts at its box, whichever end the body called A. Errors: 400. */
function readEnds(tx: Transaction, a: End, b: End) {
  const homes = [a, b].flatMap(({ id }) => tx.get('properties', id) ?? []);
  const [property] = homes;
  if (homes.length > 1) throw new Refused(400, 'Um drop liga uma caixa a um imóvel');
  return property?.id === a.id ? { near: b, far: a, property } : { near: a, far: b, property };
}

const pathOf = (tx: Transaction, near: End, poles: Poles, far: Coords | null) =>
  dropPath(
    tx,
    near,
    poles.map(({ id }) => id),
    far,
  );

function lengthAlong(tx: Transaction, cable: CableRecord, poles: Poles): number {
  const ends = [cable.boxA, cable.boxB].map((id) => followReference(tx, 'boxes', id)?.record as End | undefined);
  const [near, far] = ends;
  return near ? measures(pathOf(tx, near, poles, far?.coords ?? null)).length : cable.length;
}

const fiberFields = z.object({ name: text, observation: text });

/** Fibres come and go with their cables; only their texts change. */
export const fibers: Resource<'fibers'> = {
  route: 'fibers',
  collection: 'fibers',
  references: { parent: 'cables', project: 'projects', connectors: 'equipment' },
  present: (fiber) => ({ ...fiber }),
  update(tx, fiber, body) {
    const { name = fiber.name, observation = '' } = { ...fiber, ...changedFields(fiberFields, body) };
    tx.update('fibers', fiber.id, { name, observation });
  },
};

/** Fibres and cords; there are no cords here. Read only. */
export const networkConnectables = readOnly('network-connectables', fibers);
