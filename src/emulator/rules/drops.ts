import type { CableRecord, Coords, FiberRecord, PropertyRecord } from '../records.js';
import { type Caller, Refused } from '../resource.js';
import { distanceM, pointOf } from '../store/places.js';
import type { Reader, Transaction } from '../store/store.js';
import { creator, type Housing } from './body.js';
import { unplug } from './ports.js';
import { dropLimitM } from './settings.js';

/** Inferred: the level that OZmap's sample projects give to drops. */
const DROP_LEVEL = 3;

/** A drop's way, from the box to the home. */
export interface DropPath {
  /** In order from the box to the home; empty: a straight line. */
  poles: readonly string[];
  /** From the box to the home. */
  lengthM: number;
  /** What counts against the limit. */
  limitedLengthM: number;
}

/**
 * Measures a drop. Inferred (section 8, row 21): the stretch from the last pole to the home does not count against the limit, so that what pole
 * mode offers can be sold; a straight drop counts whole.
 */
export function dropPath(
  reader: Reader,
  housing: Pick<Housing, 'coords'>,
  poles: readonly string[],
  home: Coords | null,
): DropPath {
  const points = [housing.coords, ...poles.map((id) => reader.get('base-points', id)?.coords ?? null)];
  const toLastPole = lengthOf(points);
  const lengthM = lengthOf([...points, home]);
  return { poles, lengthM, limitedLengthM: poles.length > 0 ? toLastPole : lengthM };
}

/** Errors: 400 when the drop is longer than the caller may sell in the box's project. */
export function checkDropLength(reader: Reader, path: DropPath, housing: Housing, caller: Caller): void {
  const limit = dropLimitM(reader, housing.project, caller);
  if (path.limitedLengthM <= limit) return;
  const actual = round(path.limitedLengthM);
  throw new Refused(400, `Drop longo demais: ${actual} m, e o limite é ${limit} m`);
}

/** Lays a drop of the project's default type between a box and a home. Errors: 400 when the project has no such type. */
export function layDrop(tx: Transaction, housing: Housing, property: PropertyRecord, path: DropPath, caller: Caller) {
  const type = tx.get('projects', housing.project)?.drop.defaults.cableType;
  const cableType = type && tx.get('cable-types', type);
  if (!cableType) throw new Refused(400, 'O projeto não tem tipo de drop padrão');
  return insertCable(tx, caller, {
    kind: 'Drop',
    project: housing.project,
    cableType: cableType.id,
    boxA: housing.id,
    boxB: property.id,
    hierarchyLevel: DROP_LEVEL,
    fiberNumber: cableType.fiberNumber,
    looseNumber: cableType.looseNumber,
    implanted: true,
    ...measures(path),
  });
}

/** Records a cable with its fibres; a drop is noted on its home. */
export function insertCable(
  tx: Transaction,
  caller: Caller,
  given: Omit<CableRecord, keyof typeof BLANK_CABLE | 'id' | 'createdAt' | 'updatedAt'> & Partial<CableRecord>,
): CableRecord {
  const cable = tx.insert('cables', { ...BLANK_CABLE, ...creator(caller), ...given });
  for (let number = 1; number <= cable.fiberNumber; number++) {
    tx.insert('fibers', {
      kind: 'Fiber',
      parent: cable.id,
      project: cable.project,
      connectors: [],
      name: `${number}`,
      fiberNumber: number,
      isDrop: cable.kind === 'Drop',
      observation: '',
      ...creator(caller),
    });
  }
  if (cable.kind === 'Drop') tx.update('properties', cable.boxB, { drop: cable.id, cables: [cable.id] });
  return cable;
}

const BLANK_CABLE = {
  orientationA: '',
  orientationB: '',
  ground_length: 0,
  altitude_length: 0,
  loss: 0,
  ducts: [],
  tags: [],
};

/** Leads an existing drop to another box, or another way. Its fibres leave their ports when the box is another one. */
export function leadDrop(tx: Transaction, drop: CableRecord, housing: Housing, path: DropPath): void {
  if (drop.boxA !== housing.id) freeFibers(tx, drop.id);
  tx.update('cables', drop.id, { boxA: housing.id, project: housing.project, ...measures(path) });
  for (const fiber of tx.where('fibers', 'parent', drop.id)) {
    if (fiber.project !== housing.project) tx.update('fibers', fiber.id, { project: housing.project });
  }
}

/** Takes a cable's fibres off all equipment; the cable stays where it is. */
export function freeFibers(tx: Transaction, cableId: string): void {
  for (const fiber of tx.where('fibers', 'parent', cableId)) unplug(tx, fiber.id);
}

/** Takes away a cable with its fibres and connections. A home whose drop it was stays, without box (a flat keeps its building). */
export function removeCable(tx: Transaction, cableId: string): void {
  freeFibers(tx, cableId);
  for (const fiber of tx.where('fibers', 'parent', cableId)) tx.remove('fibers', fiber.id);
  for (const property of tx.where('properties', 'drop', cableId)) {
    const cables = property.cables.filter((id) => id !== cableId);
    tx.update('properties', property.id, { drop: null, box: property.parent, cables });
  }
  tx.remove('cables', cableId);
}

/** The fibre that a home's drop brings; undefined for a home without drop. */
export function fiberOfDrop(reader: Reader, property: PropertyRecord): FiberRecord | undefined {
  return property.drop ? reader.where('fibers', 'parent', property.drop)[0] : undefined;
}

/** A drop's way as its cable records it. */
export function measures(path: DropPath): { poles: CableRecord['poles']; length: number } {
  return { poles: path.poles.map((id) => ({ id, reserve: 0 })), length: round(path.lengthM) };
}

/** Metres to the centimetre, as OZmap shows them. */
export const round = (metres: number): number => Math.round(metres * 100) / 100;

/** The sum of the legs between the points that have a place. */
function lengthOf(points: readonly (Coords | null)[]): number {
  let total = 0;
  let previous: Coords | undefined;
  for (const point of points) {
    if (!point) continue;
    if (previous) total += distanceM(pointOf(previous), pointOf(point));
    previous = point;
  }
  return total;
}
