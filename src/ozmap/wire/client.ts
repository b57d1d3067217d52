import type { FtthClient } from '../types.js';
import type { WireRecord } from './record.js';

/** A row of `ftth-clients`. `code` and `implanted` decide what may be done with it, so they must be there; `kind` may be `ftth` or `FTTHClient`. */
export function readClient(row: WireRecord): FtthClient {
  return {
    id: row.id,
    code: row.needText('code'),
    name: row.text('name'),
    observation: row.text('observation'),
    implanted: row.needFlag('implanted'),
    createdAt: row.text('createdAt'),
    updatedAt: row.text('updatedAt'),
  };
}

/** A client populated inside another record: null when it is only an id, or only part of a client, so that whoever needs it reads it whole. */
export function readPopulatedClient(record: WireRecord | null): FtthClient | null {
  if (record === null || record.text('code') === null || record.flag('implanted') === null) return null;
  return readClient(record);
}
