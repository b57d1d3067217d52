import { isInside } from '../city/neighbourhood-index.js';
import { polygonsOf } from '../city/read-geojson.js';
import { type Bounds, boundsAround, type Coordinates, isWithin } from '../domain/geo.js';
import { isInBrazil } from './positions.js';

/** A municipality by name and two letters of its state. */
export interface Town {
  name: string;
  state: string;
}

/** The town where there is but one. */
export function onlyTownOf({ towns }: Pick<ServiceArea, 'towns'>): Town | null {
  const [only = null, ...others] = towns;
  return others.length === 0 ? only : null;
}

/** Where the provider sells: a place outside is asked back about, never refused, and no geocoder looks anywhere else. */
export interface ServiceArea {
  /** Empty: not limited to towns. */
  readonly towns: readonly Town[];
  /** The box around it; null while it is not known. */
  bounds(): Bounds | null;
  /** True also while nobody knows better than that the point is in Brazil. */
  covers(point: Coordinates): boolean;
}

/** Anywhere in Brazil. */
export const ANYWHERE: ServiceArea = { towns: [], bounds: () => null, covers: isInBrazil };

/** Whole municipalities: which one a place lies in its geocoder says, and where they are the network tells roughly. */
export function areaOfTowns(towns: readonly Town[], plant: ServiceArea): ServiceArea {
  return { towns, bounds: () => plant.bounds(), covers: isInBrazil };
}

/** Some 55 km: about as far as municipalities reach. */
const TOWN_REACH_DEGREES = 0.5;

/**
 * Whether a position that no geocoder has put into a town may lie in the area. Where towns end nobody knows here; but they lie about the network,
 * and what is far from it is asked back about.
 */
export function mayHold(area: ServiceArea, point: Coordinates): boolean {
  const box = area.towns.length > 0 ? area.bounds() : null;
  return area.covers(point) && (box === null || isWithin(point, box, TOWN_REACH_DEGREES));
}

/**
 * The polygons of a GeoJSON object, whatever they are wrapped in. Errors: Error, where there is none, where one is broken, and where none lies in
 * Brazil, as with latitude first.
 */
export function areaOfGeoJson(json: unknown): ServiceArea {
  const polygons = geometriesIn(json).flatMap(polygonsOf);
  const points = polygons.flat(2);
  if (points.length === 0) throw new Error('has no Polygon and no MultiPolygon of GeoJSON');
  if (!points.some(isInBrazil))
    throw new Error('lies outside of Brazil: positions of GeoJSON are [longitude, latitude]');
  const bounds = boundsAround(points, 0);
  return { towns: [], bounds: () => bounds, covers: (point) => polygons.some((polygon) => isInside(point, polygon)) };
}

function geometriesIn(json: unknown): Parameters<typeof polygonsOf>[0][] {
  if (typeof json !== 'object' || json === null) return [];
  const { type, coordinates, geometry, geometries, features }: Record<string, unknown> = { ...json };
  if (type === 'Polygon' || type === 'MultiPolygon')
    return [{ type, coordinates, fail: (problem) => new Error(`${type}: ${problem}`) }];
  return [geometry, geometries, features].flat().flatMap(geometriesIn);
}

/** Cells of some five kilometres; the neighbours of a cell with a point in it belong to the area, too. */
const CELL_DEGREES = 0.05;

/** The area around points, by cells, so that one point far away neither widens it to all between nor is lost. */
export class AreaAround implements ServiceArea {
  #cells = new Set<string>();
  #bounds: Bounds | null = null;

  readonly towns: readonly Town[] = [];

  /** Replaces the points; none leave the area as it is. */
  setPoints(points: readonly Coordinates[]): void {
    // "No position" is stored as 0, 0, and what lies abroad is a mistake.
    const known = points.filter(isInBrazil);
    if (known.length === 0) return;
    this.#cells = new Set(known.map(cellOf));
    this.#bounds = boundsAround(known, 0);
  }

  bounds(): Bounds | null {
    return this.#bounds;
  }

  covers(point: Coordinates): boolean {
    if (this.#cells.size === 0) return isInBrazil(point);
    const around = [-CELL_DEGREES, 0, CELL_DEGREES];
    return around.some((dLat) =>
      around.some((dLng) => this.#cells.has(cellOf({ lat: point.lat + dLat, lng: point.lng + dLng }))),
    );
  }
}

function cellOf({ lat, lng }: Coordinates): string {
  return `${Math.floor(lat / CELL_DEGREES)}/${Math.floor(lng / CELL_DEGREES)}`;
}

/** The middle of an area's box; null while it is not known. */
export function middleOf(area: ServiceArea): Coordinates | null {
  const box = area.bounds();
  return box && { lat: (box.south + box.north) / 2, lng: (box.west + box.east) / 2 };
}
