import type { City } from '../../city/city.js';
import type { Store } from '../store/store.js';
import { chooseSites, hangBoxes, UNSERVED_M, unservedSpot } from './boxes.js';
import { drawFeeders } from './cables.js';
import { Draft } from './draft.js';
import { fillBox, type Tally } from './fill.js';
import { buildHeadEnds } from './head-ends.js';
import { drawCommunities, raiseBuildings, recordHomelessClients, recordProspects } from './specials.js';
import { layStock } from './stock.js';
import { boundsOf, layPoles, middleOf, survey } from './terrain.js';
import { chooseZones } from './zones.js';

/**
 * Lays a fibre network on a city's streets, in an empty store: poles along every street, boxes where there are doors, drops to about
 * half of their ports, and at least one of everything that a real plant surprises with. About seven doors in ten can be served; around the
 * others nothing is built, boxes are in project, or all ports are taken.
 *
 * Deterministic: the same city gives the same ids, names and dates. Every step is linear in the size of the city.
 */
export function seedPlant(store: Store, city: City): void {
  const draft = new Draft(city);
  const stock = layStock(draft, middleOf(city).lat, boundsOf(city));
  const terrain = survey(draft);
  layPoles(draft, terrain, stock);
  const zones = chooseZones(terrain, unservedSpot(terrain), UNSERVED_M);
  const boxes = hangBoxes(draft, terrain, chooseSites(terrain), stock, zones);
  drawFeeders(draft, terrain, boxes, stock);
  const taken = new Set<number>();
  const tally: Tally = { sales: 0, left: 0 };
  for (const placed of boxes) {
    draft.begin(placed.site.index);
    fillBox(draft, terrain, placed, taken, tally);
  }
  raiseBuildings(draft, terrain, boxes, taken, stock);
  recordHomelessClients(draft, stock);
  drawCommunities(draft, terrain, boxes, stock);
  recordProspects(draft, terrain, stock, zones);
  buildHeadEnds(draft, terrain, boxes, stock);
  draft.loadInto(store);
}
