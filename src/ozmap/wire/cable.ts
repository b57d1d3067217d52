import type { Drop, Fiber } from '../types.js';
import type { WireRecord } from './record.js';

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
