import type { City, LatLng } from '../../city/city.js';
import type { PagesConfig } from '../../config/parts.js';
import type { Sales } from '../sales/sales.js';
import type { SketchBrand } from '../sketch/print.js';
import type { TileArchive } from '../tiles/pmtiles.js';

/** What the pages need. */
export interface PagesOptions {
  /** The embedded city: its streets are the base map. */
  city: City | null;
  /** A token that anyone may use: the embedded OZmap's, never a real one. */
  demoToken: string | null;
  /** Whoever types a token types one of the platform's (AUTH=jwt). */
  platformSignIn: boolean;
  brand: SketchBrand;
  /** The streets of MAP_PMTILES. */
  archived: TileArchive | null;
  sales: Sales;
}

/** Where a map without city and without MAP_CENTER begins: all of Brazil. */
const BRAZIL = { center: { lat: -15.8, lng: -47.9 }, zoom: 4 };
const STREET_ZOOM = 15.5;
/** A town as a whole, about. */
const ARCHIVE_ZOOM = 13;
const OSM = '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors';
/** How much of a map's width a city should fill at first, in tiles of 512 pixels. */
const TILES_ACROSS = 2;

/** `config.json`, as src/web reads it. Nothing in it is secret. */
export function pageSettings(
  { language, contact, map }: PagesConfig,
  { city, demoToken, platformSignIn, brand, archived }: Omit<PagesOptions, 'sales'>,
): object {
  const byDefault = (city && viewOf(city)) ?? (archived && { ...archived, zoom: ARCHIVE_ZOOM }) ?? BRAZIL;
  const { lat, lng } = map.center ?? byDefault.center;
  return {
    graphqlUrl: 'graphql',
    sessionUrl: 'ozloc/session',
    ...(language !== null && { language }),
    ...(contact !== null && { contact }),
    ...(demoToken !== null && { demoToken }),
    ...(platformSignIn && { platformSignIn }),
    ...brandSettings(brand),
    suggestions: city !== null,
    map: {
      ...mapSettings(map, archived),
      ...(city && { cityTilesUrl: 'tiles/{z}/{x}/{y}.pbf' }),
      center: [lng, lat],
      zoom: map.zoom ?? (map.center ? STREET_ZOOM : byDefault.zoom),
    },
  };
}

function brandSettings({ name, phone, logo }: SketchBrand): object {
  return {
    ...(name !== null && { brandName: name }),
    ...(phone !== null && { brandPhone: phone }),
    ...(logo !== null && { brandLogo: { url: 'ozloc/logo.png', width: logo.width, height: logo.height } }),
  };
}

function mapSettings({ styleUrl, tilesUrl, attribution }: PagesConfig['map'], archived: TileArchive | null): object {
  const said = attribution ?? (archived ? OSM : null);
  return {
    ...(styleUrl !== null && { styleUrl }),
    ...(tilesUrl !== null && { tilesUrl }),
    ...(said !== null && { attribution: said }),
    ...(archived && { osmTilesUrl: 'tiles/osm/{z}/{x}/{y}.pbf', osmZooms: archived.zooms }),
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
