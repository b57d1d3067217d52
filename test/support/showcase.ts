import type { LatLng } from '../../src/city/city.js';
import { isInside } from '../../src/city/neighbourhood-index.js';
import type { BoxRecord, CondominiumRecord, PropertyRecord } from '../../src/emulator/records.js';
import { freePorts, occupantOf, serviceEquipment } from '../../src/emulator/rules/ports.js';
import { connectionsOf } from '../../src/emulator/rules/property-view.js';
import { viabilitySettings } from '../../src/emulator/rules/settings.js';
import { pointOf } from '../../src/emulator/store/places.js';
import type { Reader } from '../../src/emulator/store/store.js';

/** A box worth showing. */
export interface ShownBox extends LatLng {
  id: string;
  name: string;
}

/** A home worth showing; `port` counts from 1. */
export interface ShownHome {
  propertyId: string;
  clientCode: string | null;
  boxId: string | null;
  connectorId: string | null;
  port: number | null;
}

/** One of each thing that a plant surprises with. Null where this plant has none (any more): sales change it. */
export interface Showcase {
  /** Sells: implanted, certified, several ports free. */
  freeBox: ShownBox | null;
  /** Sells as that one, to a dozen clients. */
  roomyBox: ShownBox | null;
  fullBox: ShownBox | null;
  /** In project: never offered. */
  draftBox: ShownBox | null;
  notImplantedBox: ShownBox | null;
  /** A splice closure: no service equipment, never offered. */
  boxWithoutService: ShownBox | null;
  /** A port that is blocked and free. */
  blockedPort: { boxId: string; splitterId: string; port: number } | null;
  /** A gated community with a box inside that sells. */
  community: { id: string; name: string; box: ShownBox } | null;
  /** A building with one of its flats. */
  building: { id: string; name: string; flat: ShownHome } | null;
  /** A home without client that still holds its port. */
  keptHome: ShownHome | null;
  /** A client who has reserved a port, not yet implanted. */
  reservedHome: ShownHome | null;
  /** An implanted client on a splitter. */
  activeHome: ShownHome | null;
  /** A client on a connector instead of a splitter. */
  connectorHome: ShownHome | null;
  /** A home whose drop hangs in the box unconnected. */
  unpluggedHome: ShownHome | null;
  clientWithoutProperty: { code: string } | null;
  clientWithTwoProperties: { code: string } | null;
  /** A door where people asked and no box is near. */
  notViable: (LatLng & { address: string }) | null;
}

/** No box within this distance: further than any radius of the settings. */
const FAR_M = 300;

/** Finds the facts of a plant that demos and tests like to start from. Searches; nothing is kept. */
export function showcase(reader: Reader): Showcase {
  const settings = viabilitySettings(reader);
  const selling = (box: BoxRecord) => !box.draft && serviceEquipment(reader, box.id).length > 0;
  const free = (box: BoxRecord) => freePorts(reader, box.id, settings);
  const box = (test: (box: BoxRecord) => boolean) => shownBox(find(reader.all('boxes'), test));
  const home = (test: (property: PropertyRecord) => boolean) => shownHome(reader, find(reader.all('properties'), test));
  const on = (property: PropertyRecord) => connectionsOf(reader, property)[0];
  const implanted = ({ client }: PropertyRecord) => client !== null && reader.get('ftth-clients', client)?.implanted;

  return {
    freeBox: box((each) => selling(each) && each.implanted && each.certified && free(each) >= 3),
    roomyBox: box((each) => selling(each) && each.implanted && each.certified && free(each) >= 12),
    fullBox: box((each) => selling(each) && free(each) === 0),
    draftBox: box((each) => each.draft),
    notImplantedBox: box((each) => selling(each) && !each.implanted && free(each) > 0),
    boxWithoutService: box((each) => !each.draft && !selling(each)),
    blockedPort: findBlockedPort(reader),
    community: findCommunity(reader, (each) => selling(each) && free(each) > 0),
    building: findBuilding(reader),
    keptHome: home((each) => each.client === null && each.coords !== null && on(each)?.kind === 'Splitter'),
    reservedHome: home((each) => each.coords !== null && implanted(each) === false && on(each)?.kind === 'Splitter'),
    activeHome: home((each) => each.coords !== null && implanted(each) === true && on(each)?.kind === 'Splitter'),
    connectorHome: home((each) => each.client !== null && on(each)?.kind === 'Connector'),
    unpluggedHome: home((each) => each.client !== null && each.drop !== null && on(each) === undefined),
    clientWithoutProperty: clientWith(reader, 0),
    clientWithTwoProperties: clientWith(reader, 2),
    notViable: findNotViable(reader),
  };
}

function shownBox(box: BoxRecord | undefined): ShownBox | null {
  return box?.coords ? { id: box.id, name: box.name, ...pointOf(box.coords) } : null;
}

function shownHome(reader: Reader, property: PropertyRecord | undefined): ShownHome | null {
  if (!property) return null;
  const [connection] = connectionsOf(reader, property);
  const client = property.client ? reader.get('ftth-clients', property.client) : undefined;
  return {
    propertyId: property.id,
    clientCode: client?.code ?? null,
    boxId: property.box,
    connectorId: connection ? String(connection.id) : null,
    port: typeof connection?.port === 'number' ? connection.port : null,
  };
}

function findBlockedPort(reader: Reader): Showcase['blockedPort'] {
  for (const splitter of reader.all('equipment')) {
    const blocked = splitter.ports.find(({ blocked, index }) => blocked && !occupantOf(reader, splitter, index + 1));
    if (blocked) return { boxId: splitter.parent, splitterId: splitter.id, port: blocked.index + 1 };
  }
  return null;
}

function findCommunity(reader: Reader, sells: (box: BoxRecord) => boolean): Showcase['community'] {
  const holds = ({ polygon }: CondominiumRecord, { coords }: BoxRecord) =>
    coords !== null &&
    isInside(
      pointOf(coords),
      polygon.coordinates.map((ring) => ring.map(pointOf)),
    );
  for (const area of reader.all('horizontal-condominiums')) {
    const box = shownBox(find(reader.all('boxes'), (each) => holds(area, each) && sells(each)));
    if (box) return { id: area.id, name: area.name, box };
  }
  return null;
}

function findBuilding(reader: Reader): Showcase['building'] {
  for (const { id, name } of reader.all('buildings')) {
    const flat = shownHome(
      reader,
      reader.where('properties', 'parent', id).find(({ client }) => client !== null),
    );
    if (flat) return { id, name, flat };
  }
  return null;
}

function clientWith(reader: Reader, homes: number): { code: string } | null {
  const client = find(
    reader.all('ftth-clients'),
    ({ id }) => reader.where('properties', 'client', id).length === homes,
  );
  return client ? { code: client.code } : null;
}

function findNotViable(reader: Reader): Showcase['notViable'] {
  for (const { coords, address } of reader.all('prospects')) {
    if (coords && reader.near('boxes', pointOf(coords), FAR_M).length === 0) {
      return { ...pointOf(coords), address: address ?? '' };
    }
  }
  return null;
}

function find<R>(records: Iterable<R>, test: (record: R) => boolean): R | undefined {
  for (const record of records) if (test(record)) return record;
  return undefined;
}
