import type { ClientRecord, ConnectorRecord } from '../records.js';
import { type Reached, shortestPaths, wayBack } from '../rules/viability/shortest-paths.js';
import type { Placed } from './boxes.js';
import { coordsOf, type Draft } from './draft.js';
import { apart } from './ground.js';
import { addressText, type Buyer, type Sale, sell } from './sell.js';
import { DROP_LIMIT_M } from './stock.js';
import { type Door, legs, type Terrain } from './terrain.js';

/** Of the ports that are not blocked, this part is taken: at least, and at most. */
const TAKEN = { least: 0.42, most: 0.62 };

/** Which sale of the plant is special. Prime-ish steps, so that they do not always fall on the same box. */
const isLeftBehind = (sale: number) => sale % 14 === 8;
const isStraight = (sale: number) => sale % 11 === 3;
const isUnplugged = (sale: number) => sale % 61 === 40;
const isSecondHome = (sale: number) => sale % 470 === 237;

/** The first code of former clients; no current client has one of them. */
const FIRST_OLD_CODE = 90_001;

/** Counts the sales of the plant. */
export interface Tally {
  sales: number;
  left: number;
}

/** Sells ports of a box to the doors around it, along the poles. A box in project, or without service equipment, sells nothing. */
export function fillBox(draft: Draft, terrain: Terrain, placed: Placed, taken: Set<number>, tally: Tally): void {
  const { site, box, service, isFull } = placed;
  if (box.draft || service.length === 0) return;
  const reached = shortestPaths(site.pole, DROP_LIMIT_M - 15, (pole) => legs(terrain, pole));
  const doors = shuffled(draft, site.doors).flatMap((index) => {
    const door = terrain.doors[index];
    const lengthM = door ? dropLengthM(terrain, reached, door) : undefined;
    return door && lengthM !== undefined && !taken.has(index) ? [{ door, lengthM }] : [];
  });
  const ports = freePorts(draft, service, isFull);
  let before: ClientRecord | undefined;
  for (const { door, lengthM } of doors) {
    const port = ports.shift();
    if (!port) break;
    taken.add(door.index);
    const sale = tally.sales++;
    const buyer = buyerOf(sale, before, tally);
    const connected = isFull || !isUnplugged(sale);
    const straight = isStraight(sale);
    const way = straight ? [] : wayBack(reached, door.pole).reverse();
    const drop = {
      poles: way.map((pole) => terrain.poleIds[pole] ?? ''),
      lengthM: straight ? apart(site.spot, door.spot) : lengthM,
    };
    const pole = terrain.poleIds[door.pole] ?? null;
    const place = { address: addressText(draft, door.address), coords: coordsOf(door.address), pole };
    const sold = { project: box.project, box: box.id, parent: null, ...place, drop, port: connected ? port : null };
    const { client } = sell(draft, sold, buyer);
    before = client === null ? undefined : draft.of('ftth-clients').at(-1);
  }
}

/** Along the poles and to the door; undefined when that is too far. */
function dropLengthM(terrain: Terrain, reached: ReadonlyMap<number, Reached<number>>, door: Door): number | undefined {
  const way = reached.get(door.pole);
  const pole = terrain.poles.spots[door.pole];
  if (!way || !pole) return undefined;
  const lengthM = way.lengthM + apart(pole, door.spot);
  return lengthM <= DROP_LIMIT_M ? lengthM : undefined;
}

function buyerOf(sale: number, before: ClientRecord | undefined, tally: Tally): Buyer {
  if (isLeftBehind(sale)) return { leftBehindBy: String(FIRST_OLD_CODE + tally.left++) };
  return isSecondHome(sale) && before ? { client: before } : 'new';
}

/** The ports to be sold, in order: of a full box all, else about half of each splitter and every other connector. */
function freePorts(draft: Draft, service: readonly ConnectorRecord[], isFull: boolean): NonNullable<Sale['port']>[] {
  const open = service.flatMap((equipment) =>
    equipment.ports.filter(({ blocked }) => !blocked).map(({ index }) => ({ equipment, port: index + 1 })),
  );
  if (isFull) return open;
  const connectors = open.filter(({ equipment }) => equipment.kind === 'Connector');
  const splitters = open.filter(({ equipment }) => equipment.kind !== 'Connector');
  const part = TAKEN.least + draft.random() * (TAKEN.most - TAKEN.least);
  // Some plants fill their ports in order, most have gaps where people left.
  const chosen = shuffled(draft, splitters).slice(0, Math.round(splitters.length * part));
  return [...connectors.slice(0, Math.ceil(connectors.length / 2)), ...chosen];
}

function shuffled<T>(draft: Draft, list: readonly T[]): T[] {
  const mixed = [...list];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(draft.random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}
