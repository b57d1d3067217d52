import type { Coordinates } from '../../domain/geo.js';
import type {
  Box,
  BoxType,
  Building,
  Drop,
  Equipment,
  Fiber,
  HorizontalCondominium,
  Pole,
  Project,
  Prospect,
  Splitter,
} from '../types.js';
import { coordinatesIn, isObject, type WireRecord } from './record.js';

/** A row of `boxes`. */
export function readBox(row: WireRecord): Box {
  return {
    id: row.id,
    name: row.text('name') ?? '',
    location: row.location(),
    draft: row.flag('draft'),
    implanted: row.flag('implanted'),
    certified: row.flag('certified'),
    boxTypeId: row.reference('boxType'),
    projectId: row.reference('project'),
    tagIds: row.references('tags').filter((id) => id !== null),
  };
}

/** A row of `buildings`. */
export function readBuilding(row: WireRecord): Building {
  return {
    id: row.id,
    name: row.text('name') ?? '',
    address: row.text('address'),
    location: row.location(),
    projectId: row.reference('project'),
  };
}

/** A row of `box-types`. */
export function readBoxType(row: WireRecord): BoxType {
  return { id: row.id, code: row.needText('code', 'name') };
}

/** A row of `projects`. The SDK's schema and real answers disagree about what lies beside `maxSize`, so only that is read. */
export function readProject(row: WireRecord): Project {
  return {
    id: row.id,
    name: row.text('name') ?? '',
    dropMaxLengthM: row.child('drop')?.number('maxSize') ?? row.number('defaultDropSize'),
  };
}

/** A row of `splitters`: output index i is port i + 1 and goes with `ports[i]`. */
export function readSplitter(row: WireRecord): Splitter {
  const ratio = row.child('ratio');
  const input = ratio?.number('input') ?? null;
  const output = ratio?.number('output') ?? null;
  const fibers = (row.child('connectables') ?? row.lacks('connectables')).references('output');
  const ports = row.children('ports');
  const size = Math.max(fibers.length, ports.length, output ?? 0);
  return {
    id: row.id,
    name: row.text('name', 'label') ?? '',
    parentId: row.reference('parent'),
    projectId: row.reference('project'),
    isDrop: row.needFlag('isDrop'),
    ratio: input === null || output === null ? null : { input, output },
    outputs: Array.from({ length: size }, (_, i) => fibers[i] ?? null),
    blocked: Array.from({ length: size }, (_, i) => ports[i]?.flag('blocked') ?? false),
  };
}

/** A row of `network-connectors`, of any kind. */
export function readEquipment(row: WireRecord): Equipment {
  return { id: row.id, kind: row.text('kind') ?? '', name: row.text('name', 'label') };
}

/** A row of `cables` with kind "Drop": boxA is the box (or building), boxB the property. */
export function readDrop(row: WireRecord): Drop {
  return {
    id: row.id,
    lengthM: row.number('length'),
    boxId: row.reference('boxA'),
    propertyId: row.reference('boxB'),
    // Elements are `{ id, reserve }`; a bare id would do as well.
    poleIds: row.references('poles').filter((id) => id !== null),
    implanted: row.flag('implanted'),
  };
}

/** A row of `fibers`. */
export function readFiber(row: WireRecord): Fiber {
  return {
    id: row.id,
    cableId: row.reference('parent', 'cable'),
    connectors: row.references('connectors').filter((id) => id !== null),
  };
}

/** A row of `poles`, `points` or `base-points`; null when it has no location. */
export function readPole(row: WireRecord): Pole | null {
  const location = row.location();
  return location === null ? null : { id: row.id, name: row.text('name'), location };
}

/** A row of `horizontal-condominiums`. */
export function readCondominium(row: WireRecord): HorizontalCondominium {
  const polygon = outerRing(row.raw('polygon', 'area'));
  return {
    id: row.id,
    name: row.text('name') ?? '',
    address: row.text('address'),
    observation: row.text('observation'),
    polygon: polygon ?? row.lacks('polygon'),
  };
}

/** A row of `prospects`. */
export function readProspect(row: WireRecord): Prospect {
  return {
    id: row.id,
    externalId: row.text('external_id'),
    code: row.text('code'),
    name: row.text('name'),
    phone: row.text('phone'),
    location: row.location(),
  };
}

/** The outer ring of a GeoJSON polygon, of its bare coordinates, or of a plain list of points. */
function outerRing(value: unknown): Coordinates[] | null {
  if (isObject(value)) return outerRing(value.coordinates ?? value.geometry);
  if (!Array.isArray(value) || value.length === 0) return null;
  const points = value.map(coordinatesIn);
  if (points.every((point) => point !== null)) return points;
  return outerRing(value[0]);
}
