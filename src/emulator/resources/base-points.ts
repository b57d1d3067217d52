import { z } from 'zod';
import type { BasePointRecord } from '../records.js';
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
import type { Transaction } from '../store/store.js';
import { checkUnused, readOnly } from './catalogue.js';

const pointFields = z.object({
  ...place,
  adjacents: tags.default([]),
  tags: tags.default([]),
  external_id: externalId,
});
const poleFields = pointFields.extend({
  name: text.default(''),
  poleType: reference,
  usable: z.boolean().default(true),
  observation: z.string().default(''),
  address: maybe,
  color: reference.optional(),
  licensing: z
    .object({ status: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0), protocol: text.nullish() })
    .transform(({ status, protocol }) => ({ status, protocol: protocol ?? '' }))
    .default({ status: 0, protocol: '' }),
});

const USED_BY = [
  ['boxes', 'pole'],
  ['properties', 'pole'],
] as const;

/** Poles and points are one collection: adjacency runs over both. */
function basePoints(route: string, kind: BasePointRecord['kind'], fields: z.ZodObject): Resource<'base-points'> {
  return {
    route,
    collection: 'base-points',
    holds: (record) => record.kind === kind,
    references: { poleType: 'pole-types', adjacents: 'base-points', tags: 'tags' },
    present: withLatLng,
    create(tx, body, caller) {
      const { lat, lng, coords: pair, ...given } = parseBody(fields, body);
      const coords = placeOf({ coords: pair, lat, lng } as Parameters<typeof placeOf>[0]);
      if (!coords) throw new Refused(400, '"coords" (ou "lat" e "lng") é obrigatório');
      check(tx, given, caller);
      checkExternalId(tx, 'base-points', body);
      const fresh = { name: '', adjacents: [], tags: [], ...compact(given), kind, coords, ...creator(caller) };
      const point = tx.insert('base-points', fresh);
      linkNeighbours(tx, point, []);
      return point;
    },
    update(tx, point, body, caller) {
      const given = changedFields(fields, body);
      check(tx, given, caller);
      checkExternalId(tx, 'base-points', body);
      const after = tx.update('base-points', point.id, withCoords(given));
      linkNeighbours(tx, after, point.adjacents);
    },
    remove(tx, point) {
      checkUnused(tx, USED_BY, point.id);
      linkNeighbours(tx, { ...point, adjacents: [] }, point.adjacents);
      tx.remove('base-points', point.id);
    },
  };
}

function check(tx: Transaction, given: Body, caller: Caller): void {
  checkReferences(tx, 'pole-types', given.poleType as string | undefined, 'poleType', caller);
  checkReferences(tx, 'base-points', given.adjacents as string[] | undefined, 'adjacents', caller);
  checkReferences(tx, 'tags', given.tags as string[] | undefined, 'tags', caller);
}

/** Adjacency goes both ways: the neighbours learn of it, and those of before forget. */
function linkNeighbours(tx: Transaction, point: BasePointRecord, before: readonly string[]): void {
  for (const id of new Set([...before, ...point.adjacents])) {
    const neighbour = tx.get('base-points', id);
    if (!neighbour) continue;
    const others = neighbour.adjacents.filter((other) => other !== point.id);
    const adjacents = point.adjacents.includes(id) ? [...others, point.id] : others;
    tx.update('base-points', id, { adjacents });
  }
}

export const poles = basePoints('poles', 'Pole', poleFields);
export const points = basePoints('points', 'Point', pointFields);

/** Poles and points together. Read only. */
export const allBasePoints = readOnly('base-points', poles);
