import { apart, Cells, type Spot } from './ground.js';
import type { Terrain } from './terrain.js';

/** Boxes stand at least this far apart, so that most doors have two or three within a drop's reach. */
const BETWEEN_BOXES_M = 120;
/** Doors further from their nearest box than this are left to a later expansion. */
const DOOR_TO_BOX_M = 180;
/** No box stands this close to the middle of the area that the network has not reached. */
const UNSERVED_M = 380;

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
