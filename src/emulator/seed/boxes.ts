import type { BoxRecord, ConnectorRecord, SplitterTypeRecord } from '../records.js';
import { coordsOf, type Draft } from './draft.js';
import { apart, Cells, type Spot } from './ground.js';
import type { Stock } from './stock.js';
import type { Terrain } from './terrain.js';
import { type Zone, zoneAt } from './zones.js';

/** Boxes stand at least this far apart, so that most doors have two or three within a drop's reach. */
const BETWEEN_BOXES_M = 120;
/** Doors further from their nearest box than this are left to a later expansion. */
const DOOR_TO_BOX_M = 180;
/** No box lies this close to the middle of the area that the network has not reached. */
export const UNSERVED_M = 380;

/** A place where a box is hung. */
export interface Site {
  index: number;
  pole: number;
  spot: Spot;
  /** Numbers of the doors that have no nearer box, nearest first. */
  doors: number[];
}

/** Chooses poles for boxes, wherever there are doors, but for one area at the edge of the city. */
export function chooseSites(terrain: Terrain): Site[] {
  const { poles, doorsAt } = terrain;
  const unserved = unservedSpot(terrain);
  const chosen: Spot[] = [];
  const near = new Cells(BETWEEN_BOXES_M, chosen);
  const sites: Site[] = [];
  poles.spots.forEach((spot, pole) => {
    if (doorsAt[pole]?.length === 0 || apart(spot, unserved) < UNSERVED_M || near.nearest(spot) >= 0) return;
    near.add(chosen.push(spot) - 1);
    sites.push({ index: sites.length, pole, spot, doors: [] });
  });
  shareDoors(terrain, sites);
  return sites;
}

/** The door that is furthest from the middle of the city. */
export function unservedSpot({ doors }: Terrain): Spot {
  let furthest: Spot = { x: 0, y: 0 };
  const middle: Spot = { x: 0, y: 0 };
  for (const { spot } of doors) if (apart(spot, middle) > apart(furthest, middle)) furthest = spot;
  return furthest;
}

function shareDoors({ doors }: Terrain, sites: Site[]): void {
  const spots = sites.map(({ spot }) => spot);
  const near = new Cells(DOOR_TO_BOX_M, spots);
  for (const { index } of sites) near.add(index);
  for (const door of doors) sites[near.nearest(door.spot)]?.doors.push(door.index);
  const awayFrom = (site: Site) => (index: number) => {
    const door = doors[index];
    return door ? apart(door.spot, site.spot) : 0;
  };
  for (const site of sites) {
    const away = awayFrom(site);
    site.doors.sort((a, b) => away(a) - away(b) || a - b);
  }
}

/** A box with what is in it, and what is to become of it. */
export interface Placed {
  site: Site;
  box: BoxRecord;
  /** Service equipment; splitters first. */
  service: ConnectorRecord[];
  /** Every port is to be taken. */
  isFull: boolean;
}

/** From this many doors on a box gets a 1:16 splitter, and a second one from the next. */
const DOORS_FOR_16 = 14;
const DOORS_FOR_SECOND = 34;

/** What is special about the nth box. Fixed places in the row, so that even a small town has some of each. */
const isDraft = (index: number) => index % 24 === 7;
const isSplice = (index: number) => index % 48 === 20;
const isFull = (index: number) => index % 12 === 5;
const isNotImplanted = (index: number) => index % 16 === 9;
const isCertified = (index: number) => index % 3 === 0;
const hasConnectors = (index: number) => index % 36 === 13;
const hasBlockedPorts = (index: number) => index % 9 === 4;

/** Puts the boxes on their poles, each with its service equipment. Where a zone is not reached yet, their numbers are left free. */
export function hangBoxes(
  draft: Draft,
  terrain: Terrain,
  sites: readonly Site[],
  stock: Stock,
  zones: readonly Zone[] = [],
): Placed[] {
  const groups = new Map<string, { number: number; boxes: number }>();
  return sites.flatMap((site) => {
    const at = terrain.ground.place(site.spot);
    const area = draft.neighbourhoods.at(at)?.name ?? '';
    const group = groups.get(area) ?? { number: groups.size + 1, boxes: 0 };
    groups.set(area, { ...group, boxes: group.boxes + 1 });
    const zone = zoneAt(zones, site.spot);
    if (zone === 'unreached') return [];
    draft.setHour(site.index);
    const fate = { draft: isDraft(site.index) || zone === 'planned', full: isFull(site.index) || zone === 'full' };
    const box = hangBox(draft, terrain, site, stock, { number: group.number, box: group.boxes + 1 }, fate);
    const service = isSplice(site.index) ? [] : equip(draft, stock, site, box);
    return [{ site, box, service, isFull: fate.full && !box.draft }];
  });
}

function hangBox(
  draft: Draft,
  { poleIds, poleCoords, ground }: Terrain,
  { index, pole, spot, doors }: Site,
  stock: Stock,
  name: { number: number; box: number },
  fate: { draft: boolean; full: boolean },
): BoxRecord {
  const coords = poleCoords[pole] ?? coordsOf(ground.place(spot));
  const isBig = doors.length >= DOORS_FOR_16 && !fate.full;
  const type = isSplice(index) ? 'splice' : isBig ? 'cto16' : 'cto8';
  const prefix = type === 'splice' ? 'CE' : 'CTO';
  const tags = [...(index % 5 === 0 ? [stock.tags.home] : []), ...(index % 11 === 3 ? [stock.tags.business] : [])];
  return draft.add('boxes', {
    ...draft.stamp('box'),
    kind: 'Box',
    name: `${prefix} ${String(name.number).padStart(3, '0')}-${String(name.box).padStart(2, '0')}`,
    project: coords[1] < stock.borderLat ? stock.sul : stock.norte,
    coords,
    pole: poleIds[pole] ?? null,
    cables: [],
    tags,
    observation: '',
    address: draft.of('base-points')[pole]?.address ?? '',
    shared: false,
    draft: fate.draft,
    implanted: !fate.draft && !isNotImplanted(index),
    certified: isCertified(index) && !fate.draft && !isNotImplanted(index),
    underground: false,
    default_reserve: 0,
    hierarchyLevel: type === 'splice' ? 2 : 3,
    boxType: stock.boxTypes[type],
  });
}

function equip(draft: Draft, stock: Stock, { index, doors }: Site, box: BoxRecord): ConnectorRecord[] {
  const { one8, one16 } = stock.splitters;
  const isBig = box.boxType === stock.boxTypes.cto16;
  const types = [isBig ? one16 : one8];
  if (doors.length >= DOORS_FOR_SECOND) types.push(one16);
  else if (!isBig && doors.length > 8 && index % 7 === 3) types.push(one8);
  const service = types.map((type, number) => addSplitter(draft, box, type, number + 1));
  if (hasBlockedPorts(index)) {
    for (const port of service[0]?.ports.slice(-1 - (index % 2)) ?? []) {
      port.blocked = true;
      port.observation = 'Porta com defeito';
    }
  }
  if (!hasConnectors(index)) return service;
  return [...service, ...[1, 2].map((number) => addConnector(draft, box, stock.connectorType, number))];
}

type Housing = { id: string; project: string };

/** A service splitter, all ports free. */
export function addSplitter(draft: Draft, housing: Housing, type: SplitterTypeRecord, number: number): ConnectorRecord {
  return draft.add('equipment', {
    ...blank(draft, housing, type.ratio.output),
    kind: 'Splitter',
    name: `Splitter ${number}`,
    isBalanced: true,
    splitterType: type.id,
    attenuation: type.attenuation,
  });
}

function addConnector(draft: Draft, housing: Housing, connectorType: string, number: number): ConnectorRecord {
  const name = `Conector ${number}`;
  return draft.add('equipment', { ...blank(draft, housing, 1), kind: 'Connector', name, connectorType });
}

function blank(draft: Draft, { id, project }: Housing, outputs: number): Omit<ConnectorRecord, 'kind' | 'name'> {
  return {
    ...draft.stamp('equipment'),
    parent: id,
    project,
    implanted: true,
    isDrop: true,
    connectables: { input: [null], output: Array(outputs).fill(null) },
    ports: Array.from({ length: outputs }, (_, index) => ({ id: draft.id('port'), index, blocked: false, tags: [] })),
    attenuation: [],
    installPower: [],
    currentPower: [],
    label: '',
    ratio: { input: 1, output: outputs },
    size: outputs,
    observation: '',
  };
}
