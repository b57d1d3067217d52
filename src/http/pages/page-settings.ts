import type { City, LatLng } from '../../city/city.js';
import type { PagesConfig } from '../../config/pages.js';

/** Where a map without city and without MAP_CENTER begins: all of Brazil. */
const BRAZIL = { center: { lat: -15.8, lng: -47.9 }, zoom: 4 };
const STREET_ZOOM = 15.5;
/** How much of a map's width a city should fill at first, in tiles of 512 pixels. */
const TILES_ACROSS = 2;

/** `config.json`, as src/web reads it. Nothing in it is secret. */
export function pageSettings({ language, map }: PagesConfig, city: City | null, demoToken: string | null): object {
  const byDefault = (city && viewOf(city)) ?? BRAZIL;
  const { lat, lng } = map.center ?? byDefault.center;
  return {
    graphqlUrl: 'graphql',
    sessionUrl: 'ozloc/session',
    ...(language !== null && { language }),
    ...(demoToken !== null && { demoToken }),
    map: {
      ...(map.styleUrl !== null && { styleUrl: map.styleUrl }),
      ...(map.tilesUrl !== null && { tilesUrl: map.tilesUrl }),
      ...(map.attribution !== null && { attribution: map.attribution }),
      ...(city && { cityTilesUrl: 'tiles/{z}/{x}/{y}.pbf' }),
      center: [lng, lat],
      zoom: map.zoom ?? (map.center ? STREET_ZOOM : byDefault.zoom),
    },
  };
}

/** The middle of the city's streets, and all of them on screen. */
function viewOf({ streets }: City): { center: LatLng; zoom: number } | null {
  const box = { south: 90, north: -90, west: 180, east: -180 };
  for (const { lat, lng } of streets.flatMap(({ path }) => path)) {
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
    box.west = Math.min(box.west, lng);
    box.east = Math.max(box.east, lng);
  }
  if (box.south > box.north) return null;
  const across = Math.max(box.east - box.west, box.north - box.south, 1e-6);
  const zoom = Math.log2((TILES_ACROSS * 360) / across);
  return {
    center: { lat: (box.south + box.north) / 2, lng: (box.west + box.east) / 2 },
    zoom: Math.min(STREET_ZOOM, Math.round(zoom * 10) / 10),
  };
}
