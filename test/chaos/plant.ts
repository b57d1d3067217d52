import type { OzmapFromOutside } from '../support/ozmap-from-outside.js';
import type { RestBox, RestClient } from '../support/plant.js';

/** A splitter as OZmap shows it: `output[i]` is the fibre on port i + 1. */
export interface RestSplitter {
  id: string;
  parent: string;
  isDrop: boolean;
  connectables: { output: (string | null)[] };
}
export interface RestHome {
  id: string;
  box: string | null;
  drop: string | null;
  observation: string | null;
  client: { id: string; code: string } | null;
  connections: { id: string; port: number | null }[];
}
export interface RestCable {
  id: string;
  kind: string;
  boxA: string;
  boxB: string;
}
export interface RestLead {
  id: string;
  phone?: string;
}

/** Everything that a run may have touched, past our service. */
export interface Inventory {
  homes: RestHome[];
  clients: RestClient[];
  drops: RestCable[];
  splitters: RestSplitter[];
  leads: RestLead[];
}

export async function readInventory(ozmap: OzmapFromOutside): Promise<Inventory> {
  const [homes, clients, cables, splitters, leads] = await Promise.all([
    ozmap.all<RestHome>('properties'),
    ozmap.all<RestClient>('ftth-clients'),
    ozmap.all<RestCable>('cables'),
    ozmap.all<RestSplitter>('splitters'),
    ozmap.all<RestLead>('prospects'),
  ]);
  return { homes, clients, drops: cables.filter(({ kind }) => kind === 'Drop'), splitters, leads };
}

/** A box that sells, and its splitters. */
export interface Spot {
  boxId: string;
  lat: number;
  lng: number;
  splitters: { id: string; ports: number }[];
}

/** So many neighbouring boxes with room: few enough for the contracts to get in each other's way. */
export async function findSpots(ozmap: OzmapFromOutside, count: number): Promise<Spot[]> {
  const [boxes, splitters] = await Promise.all([ozmap.all<RestBox>('boxes'), ozmap.all<RestSplitter>('splitters')]);
  const spots = boxes.flatMap(({ id, draft, lat, lng }) => {
    const here = splitters.filter(({ parent, isDrop }) => isDrop && parent === id);
    const room = here.some(({ connectables }) => connectables.output.includes(null));
    if (draft || !room) return [];
    return [
      { boxId: id, lat, lng, splitters: here.map((it) => ({ id: it.id, ports: it.connectables.output.length })) },
    ];
  });
  const [middle] = spots;
  if (!middle) throw new Error('the plant is full');
  return spots.sort((a, b) => squareM(middle, a) - squareM(middle, b)).slice(0, count);
}

const METRES_PER_DEGREE = 111_320;

/** Metres, squared: enough to tell which is nearer. */
export function squareM(a: { lat: number; lng: number }, b: { lat: number; lng: number }): number {
  const north = (a.lat - b.lat) * METRES_PER_DEGREE;
  const east = (a.lng - b.lng) * METRES_PER_DEGREE * Math.cos((a.lat * Math.PI) / 180);
  return north * north + east * east;
}

/** A point at this distance and angle. */
export function besides({ lat, lng }: { lat: number; lng: number }, distanceM: number, angle: number) {
  const north = (distanceM * Math.cos(angle)) / METRES_PER_DEGREE;
  const east = (distanceM * Math.sin(angle)) / (METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180));
  return { lat: lat + north, lng: lng + east };
}
