import { addSplitter, type Placed, unservedSpot } from './boxes.js';
import { coordsOf, type Draft, rectangle } from './draft.js';
import { apart, type Spot } from './ground.js';
import { addressText, type Buyer, communityName, newClient, sell, treeName } from './sell.js';
import type { Stock } from './stock.js';
import type { Door, Terrain } from './terrain.js';
import type { Zone } from './zones.js';

/** Half the sides of a gated community, metres. */
const COMMUNITY_M = { east: 130, north: 110 };
/** One for each project, and another for so many boxes. */
const BOXES_PER_COMMUNITY = 800;

/** Draws gated communities around boxes that sell. */
export function drawCommunities(draft: Draft, terrain: Terrain, boxes: readonly Placed[], stock: Stock): void {
  for (const project of [stock.sul, stock.norte]) {
    const selling = boxes.filter(
      ({ box, isFull, service }) => isSelling(box) && !isFull && service.length > 0 && box.project === project,
    );
    const count = Math.min(selling.length, 1 + Math.floor(selling.length / BOXES_PER_COMMUNITY));
    for (let number = 0; number < count; number++) {
      const centre = selling[Math.floor(((number + 0.5) * selling.length) / count)];
      if (!centre) continue;
      const { x, y } = centre.site.spot;
      draft.add('horizontal-condominiums', {
        ...draft.stamp('condominium'),
        name: communityName(draft.of('horizontal-condominiums').length),
        project,
        polygon: rectangle((east, north) =>
          coordsOf(terrain.ground.place({ x: x + east * COMMUNITY_M.east, y: y + north * COMMUNITY_M.north })),
        ),
        address: centre.box.address ?? '',
        observation: 'Portaria 24 h: agendar a instalação',
        color: '#2E7D32',
        tags: [stock.tags.expansion],
      });
    }
  }
}

const isSelling = (box: Placed['box']) => !box.draft && box.implanted;

/** Which boxes have a building beside them, and how many of its sixteen ports hold flats. */
const hasBuilding = (index: number) => index % 13 === 6;
const FLATS = 7;
const FLATS_PER_FLOOR = 2;

/** Raises buildings at doors without a client, with flats on a splitter inside. The last flat's people have left. */
export function raiseBuildings(
  draft: Draft,
  terrain: Terrain,
  boxes: readonly Placed[],
  taken: Set<number>,
  stock: Stock,
): void {
  for (const { site, box } of boxes) {
    const doorIndex = hasBuilding(site.index) && !box.draft ? site.doors.find((index) => !taken.has(index)) : undefined;
    const door = doorIndex === undefined ? undefined : terrain.doors[doorIndex];
    if (!door) continue;
    taken.add(door.index);
    draft.begin(site.index);
    const pole = terrain.poleIds[door.pole] ?? null;
    const address = addressText(draft, door.address);
    const building = draft.add('buildings', {
      ...draft.stamp('building'),
      kind: 'Building',
      name: `Edifício ${treeName(draft.of('buildings').length)}`,
      project: box.project,
      coords: coordsOf(door.address),
      pole,
      cables: [],
      tags: [],
      observation: '',
      address,
      implanted: true,
      hasProblem: false,
      buildingType: stock.buildingType,
    });
    const splitter = addSplitter(draft, building, stock.splitters.one16, 1);
    for (let flat = 0; flat < FLATS; flat++) {
      const number = 101 + 100 * Math.floor(flat / FLATS_PER_FLOOR) + (flat % FLATS_PER_FLOOR);
      const buyer: Buyer = flat === FLATS - 1 ? { leftBehindBy: `80${String(doorIndex).padStart(6, '0')}` } : 'new';
      sell(
        draft,
        {
          project: building.project,
          box: building.id,
          parent: building.id,
          address: `${address}, apto ${number}`,
          coords: null,
          pole,
          drop: { poles: [], lengthM: 0 },
          port: { equipment: splitter, port: flat + 1 },
        },
        buyer,
      );
    }
  }
}

/** Clients that were recorded and never placed, in each project. */
export function recordHomelessClients(draft: Draft, stock: Stock): void {
  for (const project of [stock.sul, stock.norte, stock.sul]) newClient(draft, project);
}

/** How many people asked for the network where there is none yet, and in each zone where none can be had. */
const PROSPECTS = { unserved: 12, zone: 6 };
const ASKED_WITHIN_M = 400;

/** Records those who asked in vain. */
export function recordProspects(draft: Draft, terrain: Terrain, stock: Stock, zones: readonly Zone[]): void {
  const asked = [
    ...nearestDoors(terrain, unservedSpot(terrain), PROSPECTS.unserved),
    ...zones.flatMap(({ spot }) => nearestDoors(terrain, spot, PROSPECTS.zone)),
  ];
  asked.forEach((door, index) => {
    draft.add('prospects', {
      ...draft.stamp('prospect'),
      name: `Interessado ${index + 1}`,
      code: `P${index + 1}`,
      phone: '',
      address: addressText(draft, door.address),
      viable: false,
      observation: 'Pediu viabilidade',
      coords: coordsOf(door.address),
      tags: [stock.tags.expansion],
    });
  });
}

function nearestDoors(terrain: Terrain, spot: Spot, count: number): Door[] {
  const doors = terrain.doors.flatMap((door) => {
    const awayM = apart(door.spot, spot);
    return awayM < ASKED_WITHIN_M ? [{ door, awayM }] : [];
  });
  doors.sort((a, b) => a.awayM - b.awayM || a.door.index - b.door.index);
  return doors.slice(0, count).map(({ door }) => door);
}
