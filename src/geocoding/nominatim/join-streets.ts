import type { NominatimPlace } from './wire.js';

/** OpenStreetMap cuts a street into many ways: those of one name in one quarter of one town become one place, over all their boxes. */
export function joinStreets(places: readonly NominatimPlace[]): NominatimPlace[] {
  const joined = new Map<string, NominatimPlace>();
  places.forEach((place, index) => {
    const key = streetKey(place) ?? `${index}`;
    const first = joined.get(key);
    joined.set(key, first ? { ...first, boundingbox: around(first, place) } : place);
  });
  return [...joined.values()];
}

/** Older servers send no `addresstype`; newer ones send `highway` for what merely stands at a road, a bus stop say. */
export function isRoad({ addresstype, category }: NominatimPlace): boolean {
  return addresstype === undefined ? category === 'highway' : ['road', 'street', 'pedestrian'].includes(addresstype);
}

/** Null where it is not known to be one street: without quarter or town, two of one name may be two. */
function streetKey(place: NominatimPlace): string | null {
  const { road, suburb, neighbourhood, city, town, village, municipality, state } = place.address;
  const quarter = neighbourhood ?? suburb;
  const settlement = city ?? town ?? village ?? municipality;
  return isRoad(place) && road && quarter && settlement ? JSON.stringify([road, quarter, settlement, state]) : null;
}

function around(a: NominatimPlace, b: NominatimPlace): [number, number, number, number] {
  const [south, north, west, east] = boxOf(a);
  const other = boxOf(b);
  return [Math.min(south, other[0]), Math.max(north, other[1]), Math.min(west, other[2]), Math.max(east, other[3])];
}

function boxOf({ boundingbox, lat, lon }: NominatimPlace): [number, number, number, number] {
  return boundingbox ?? [lat, lat, lon, lon];
}
