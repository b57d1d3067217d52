import { apart, type Spot } from './ground.js';
import type { Terrain } from './terrain.js';

/** Why a part of the city cannot be served: no box was ever hung there, boxes are in project, or all ports are taken. */
export type ZoneKind = 'planned' | 'full' | 'unreached';
const KINDS = ['planned', 'full', 'unreached'] as const;

export interface Zone {
  kind: ZoneKind;
  spot: Spot;
  reachM: number;
}

/** So many of a hundred doors are left without a box that sells, so that a newcomer meets every answer. */
const WITHOUT_BOX = 0.28;
/** A zone in a town of some 3,000 doors, and how much wider it grows at most in a city. */
const ZONE_M = 580;
const GROWTH = 2.5;
const TOWN_DOORS = 3_000;
/** From outside, boxes still serve about this far into a zone. */
const SERVED_INTO_M = 130;
/** Of which doors the next zone is the furthest; more would only take longer. */
const SAMPLE = 2_000;

/**
 * Chooses zones as far as can be from the middle of the city and from its first door, where people begin to try, from `unserved` and from each
 * other. None where there are no doors.
 */
export function chooseZones({ doors }: Terrain, unserved: Spot, unservedM: number): Zone[] {
  const reachM = ZONE_M * Math.min(GROWTH, Math.max(1, (doors.length / TOWN_DOORS) ** 0.25));
  const within = (spot: Spot, metres: number) => doors.filter((door) => apart(door.spot, spot) < metres).length;
  const sample = doors.filter((_, index) => index % Math.ceil(doors.length / SAMPLE) === 0).map(({ spot }) => spot);
  const spared = [{ x: 0, y: 0 }, unserved, ...sample.slice(0, 1)];
  const away = sample.map((spot) => Math.min(...spared.map((other) => apart(spot, other))));
  const zones: Zone[] = [];
  let without = within(unserved, unservedM - SERVED_INTO_M);
  while (without < WITHOUT_BOX * doors.length) {
    const furthest = away.indexOf(Math.max(...away));
    const spot = sample[furthest];
    if (!spot || (away[furthest] ?? 0) < reachM) break;
    zones.push({ kind: KINDS[zones.length % KINDS.length] ?? 'planned', spot, reachM });
    without += within(spot, reachM - SERVED_INTO_M);
    sample.forEach((other, index) => {
      away[index] = Math.min(away[index] ?? 0, apart(other, spot));
    });
  }
  return zones;
}

/** The kind of zone that a spot lies in; undefined outside of all. */
export function zoneAt(zones: readonly Zone[], spot: Spot): ZoneKind | undefined {
  return zones.find((zone) => apart(zone.spot, spot) < zone.reachM)?.kind;
}
