import type { JsonObject } from '../../domain/json.js';
import { CLIENT_OWN_FIELDS, EXTERNAL_ID } from '../assumptions.js';
import type { Connection, FtthClient, HistoryEntry, Property } from '../types.js';
import { hasContent, type WireRecord } from './record.js';

/** A row of `ftth-clients`. `code` and `implanted` decide what may be done with it, so they must be there; `kind` may be `ftth` or `FTTHClient`. */
export function readClient(row: WireRecord): FtthClient {
  return {
    id: row.id,
    code: row.needText('code'),
    name: row.text('name'),
    observation: row.text('observation'),
    implanted: row.needFlag('implanted'),
    extras: readExtras(row),
    unwritable: row.filledFields((name) => !KNOWN.has(name)),
    createdAt: row.text('createdAt'),
    updatedAt: row.text('updatedAt'),
  };
}

const EXTRAS: Record<string, (row: WireRecord, name: string) => unknown> = {
  certified: (row, name) => row.flag(name),
  status: (row, name) => row.number(name),
  onu: (row, name) => row.child(name)?.texts('user_PPPoE', 'serial_number', 'mac_address'),
  cpe: (row, name) => row.reference(name) ?? row.raw(name),
  tags: (row, name) => row.references(name),
  [EXTERNAL_ID]: (row, name) => row.text(name),
};

const KNOWN = new Set([...Object.keys(EXTRAS), 'code', 'name', 'observation', 'implanted', ...CLIENT_OWN_FIELDS]);

function readExtras(row: WireRecord): JsonObject {
  const extras: Record<string, unknown> = {};
  for (const name in EXTRAS) {
    const value = row.has(name) ? EXTRAS[name]?.(row, name) : null;
    if (hasContent(value)) extras[name] = value;
  }
  // Read from JSON.
  return extras as JsonObject;
}

/** A client populated inside another record: null when it is only an id, or only part of a client, so that a caller who needs it reads the whole record. */
function readPopulatedClient(record: WireRecord | null): FtthClient | null {
  if (record === null || record.text('code') === null || record.flag('implanted') === null) return null;
  return readClient(record);
}

/** A row of `properties`, or an element of `properties/client/{code}`. */
export function readProperty(row: WireRecord): Property {
  const boxId = row.reference('box');
  // A flat names its building as `parent` and as `box`.
  const buildingId = row.reference('parent') ?? (row.child('box')?.text('kind') === 'Building' ? boxId : null);
  return {
    id: row.id,
    externalId: row.text('external_id'),
    address: row.text('address'),
    observation: row.text('observation'),
    location: row.location(),
    boxId: boxId === buildingId ? null : boxId,
    buildingId,
    poleId: row.reference('pole'),
    projectId: row.reference('project'),
    dropId: row.reference('drop'),
    clientId: row.reference('client'),
    client: readPopulatedClient(row.child('client')),
    connections: row.children('connections').map(readConnection),
    history: (row.child('history')?.children('clients') ?? row.children('history')).map(readHistoryEntry),
    createdAt: row.text('createdAt'),
    updatedAt: row.text('updatedAt'),
  };
}

function readConnection(element: WireRecord): Connection {
  return {
    id: element.id,
    kind: element.needText('kind'),
    port: element.number('port'),
    name: element.text('name'),
    fiberId: element.reference('fiber'),
  };
}

function readHistoryEntry(element: WireRecord): HistoryEntry {
  return {
    clientId: element.reference('id', '_id', 'client'),
    code: element.text('code'),
    enterDate: element.text('enter_date'),
    exitDate: element.text('exit_date'),
  };
}
