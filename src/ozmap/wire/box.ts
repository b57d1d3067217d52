import type { Box, BoxType, Building, Project, Splitter } from '../types.js';
import type { WireRecord } from './record.js';

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
