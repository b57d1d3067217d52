import type { Coords, PropertyRecord } from '../records.js';
import type { Body, Caller } from '../resource.js';
import type { Reader } from '../store/store.js';
import { portOf, residentOf } from './ports.js';

/** What a home's drop is connected to, as OZmap lists it: read off the fibres, not stored. */
export function connectionsOf(reader: Reader, property: PropertyRecord): Body[] {
  if (!property.drop) return [];
  return reader.where('fibers', 'parent', property.drop).flatMap((fiber) =>
    fiber.connectors.flatMap((id) => {
      const equipment = reader.get('equipment', id);
      const port = equipment && portOf(equipment, fiber.id);
      if (!equipment || !port) return [];
      const { kind, name, implanted } = equipment;
      return [{ id, kind, port, name, implanted, fiber: fiber.id }];
    }),
  );
}

/** A home as lists show it: its place twice, its client whole, and its connections. */
export function presentProperty(property: PropertyRecord, reader: Reader): Body {
  const client = residentOf(reader, property) ?? null;
  return { ...property, ...latLng(property.coords), client, connections: connectionsOf(reader, property) };
}

/** A record with its place as the wire shows it. */
export function withLatLng(record: object): Body {
  const { coords = null } = record as { coords?: Coords | null };
  return { ...record, ...latLng(coords) };
}

/** `coords` are stored once, shown three times. */
export function latLng(coords: Coords | null): { lat: number | null; lng: number | null } {
  return { lat: coords?.[1] ?? null, lng: coords?.[0] ?? null };
}

/**
 * `GET properties/client/{code}`: the homes of the client with this code that the caller may see, each with its client in it.
 * Inferred (section 8, row 8): empty for an unknown code.
 */
export function propertiesOfClientCode(reader: Reader, code: string, caller: Caller): Body[] {
  const homes = reader
    .where('ftth-clients', 'code', code)
    .flatMap((client) => reader.where('properties', 'client', client.id).map((property) => ({ client, property })));
  return homes
    .filter(({ property }) => caller.sees(property.project))
    .map(({ client, property }) => ({
      _id: property.id,
      ...presentProperty(property, reader),
      client: { _id: client.id, ...client },
    }));
}
