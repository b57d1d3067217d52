import { z } from 'zod';
import type { CableRecord } from '../records.js';
import { type Caller, Refused, type Resource } from '../resource.js';
import {
  checkExternalId,
  checkReferences,
  externalId,
  type Housing,
  parseBody,
  reference,
  referred,
  referredHousing,
  tags,
  text,
} from '../rules/body.js';
import { dropPath, insertCable, measures, removeCable } from '../rules/drops.js';
import type { Transaction } from '../store/store.js';
import { changedFields } from './catalogue.js';

const cableFields = z.object({
  project: reference,
  cableType: reference,
  kind: z.enum(['Cable', 'Drop']).optional(),
  boxA: reference,
  boxB: reference,
  poles: z.array(z.object({ id: reference, reserve: z.number().default(0) })),
  hierarchyLevel: z.number(),
  implanted: z.boolean(),
  looseNumber: z.number().optional(),
  orientationA: z.string().optional(),
  orientationB: z.string().optional(),
  name: text.optional(),
  observation: text.optional(),
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
  projectOf: ({ project }) => project,
  present: (cable) => ({ ...cable }),
  create(tx, body, caller) {
    const { kind, looseNumber, boxA, boxB, poles, external_id, ...given } = parseBody(cableFields, body);
    referred(tx, 'projects', given.project, 'project', caller);
    const type = referred(tx, 'cable-types', given.cableType, 'cableType', caller);
    checkReferences(
      tx,
      'base-points',
      poles.map(({ id }) => id),
      'poles',
      caller,
    );
    checkReferences(tx, 'tags', given.tags, 'tags', caller);
    checkExternalId(tx, 'cables', body);
    const ends = readEnds(tx, boxA, boxB, caller);
    if (kind === 'Drop' && !ends.property) throw new Refused(400, 'Um drop liga uma caixa a um imóvel');
    if (ends.property?.drop) throw new Refused(409, `O imóvel já tem o drop ${ends.property.drop}`);
    const ordered = boxA === ends.housing.id ? poles : [...poles].reverse();
    const path = dropPath(
      tx,
      ends.housing,
      ordered.map(({ id }) => id),
      ends.far,
    );
    const cable = insertCable(tx, caller, {
      ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as typeof given),
      ...(external_id ? { external_id } : {}),
      kind: ends.property ? 'Drop' : 'Cable',
      boxA: ends.housing.id,
      boxB: ends.farId,
      fiberNumber: type.fiberNumber,
      looseNumber: looseNumber ?? type.looseNumber,
      ...measures(path),
      poles: ordered,
    } as Parameters<typeof insertCable>[2]);
    if (ends.property) tx.update('properties', ends.property.id, { box: ends.housing.id });
    return cable;
  },
  update(tx, cable, body, caller) {
    const given = changedFields(changeable, body) as Partial<CableRecord>;
    checkReferences(
      tx,
      'base-points',
      given.poles?.map(({ id }) => id),
      'poles',
      caller,
    );
    checkExternalId(tx, 'cables', body);
    tx.update('cables', cable.id, {
      ...given,
      ...(given.poles ? { length: lengthAlong(tx, cable, given.poles) } : {}),
    });
  },
  remove: (tx, cable) => removeCable(tx, cable.id),
};

/** Drops alone, on a route of their own. */
export const drops: Resource<'cables'> = { ...cables, route: 'drops', holds: ({ kind }) => kind === 'Drop' };

/** Where a cable starts and ends; a drop starts at its box, whichever end the body called A. Errors: 400. */
function readEnds(tx: Transaction, boxA: string, boxB: string, caller: Caller) {
  const properties = [boxA, boxB].flatMap((id) => tx.get('properties', id) ?? []);
  const [property] = properties.filter(({ project }) => caller.sees(project));
  if (properties.length > 1) throw new Refused(400, 'Um drop liga uma caixa a um imóvel');
  if (property) {
    const housing = referredHousing(
      tx,
      property.id === boxA ? boxB : boxA,
      property.id === boxA ? 'boxB' : 'boxA',
      caller,
    );
    return { housing, property, farId: property.id, far: property.coords };
  }
  const housing: Housing = referredHousing(tx, boxA, 'boxA', caller);
  const far = referredHousing(tx, boxB, 'boxB', caller);
  return { housing, property: undefined, farId: far.id, far: far.coords };
}

function lengthAlong(tx: Transaction, cable: CableRecord, poles: CableRecord['poles']): number {
  const housing = tx.get('boxes', cable.boxA) ?? tx.get('buildings', cable.boxA);
  const far = tx.get('properties', cable.boxB) ?? tx.get('boxes', cable.boxB) ?? tx.get('buildings', cable.boxB);
  if (!housing) return cable.length;
  return measures(
    dropPath(
      tx,
      housing,
      poles.map(({ id }) => id),
      far?.coords ?? null,
    ),
  ).length;
}

const fiberFields = z.object({ name: text, observation: text });

/** Fibres come and go with their cables; only their texts change. */
export const fibers: Resource<'fibers'> = {
  route: 'fibers',
  collection: 'fibers',
  references: { parent: 'cables', project: 'projects', connectors: 'equipment' },
  projectOf: ({ project }) => project,
  present: (fiber) => ({ ...fiber }),
  update: (tx, fiber, body) => {
    const { name = fiber.name, observation = '' } = {
      observation: fiber.observation,
      ...changedFields(fiberFields, body),
    };
    tx.update('fibers', fiber.id, { name: String(name), observation: String(observation) });
  },
};

/** Fibres and cords; there are no cords here. Read only. */
export const networkConnectables: Resource<'fibers'> = {
  route: 'network-connectables',
  collection: 'fibers',
  references: fibers.references,
  projectOf: fibers.projectOf,
  present: fibers.present,
};
