import { distance as levenshtein } from 'fastest-levenshtein';
import type { LatLng, Neighbourhood } from '../../city/city.js';
import { indexNeighbourhoods } from '../../city/neighbourhood-index.js';
import { fold, foldedWords, soundOf, wordSet } from '../reader/words.js';
import { nameWords } from './names/street-name.js';
import { type Plane, type PlanePoint, planeDistanceM } from './plane.js';

/** A neighbourhood on the plane. */
export interface Area {
  name: string;
  rings: PlanePoint[][];
  /** Corners of the box around it. */
  least: PlanePoint;
  most: PlanePoint;
}

/** The city's neighbourhoods, by name and by place. */
export interface Neighbourhoods {
  /** All of them. */
  areas: readonly Area[];
  /** Those that a text names: the same name, else the same but for words like "Vila", else names that hold it, else misspelt ones. */
  named(text: string): Area[];
  /** True when a text is a neighbourhood's name, word for word or but for words like "Vila". */
  isName(text: string): boolean;
  /** True for a misspelt one too; not for a part of one: "Belo Horizonte" is not "Parque Belo Horizonte". */
  isNearlyName(text: string): boolean;
  /** The one at a point, null outside of all. */
  at(point: LatLng): Area | null;
}

/** What says only that something is a part of town: "Jardim Eldorado" and "Eldorado" may be one to those who live there. */
const GENERIC = wordSet(
  'BAIRRO JARDIM VILA PARQUE CIDADE CONJUNTO HABITACIONAL RESIDENCIAL CHACARA CHACARAS CONDOMINIO GRANJA FAZENDA SITIO LOTEAMENTO DISTRITO ZONA',
);
/** Names that sources give to land that is no neighbourhood. */
const NO_NAME = new Set(['VAZIO', 'SEM NOME', 'SEM DENOMINACAO']);
/** False for what a source calls land that is no neighbourhood. */
export function isName(name: string): boolean {
  return !NO_NAME.has(fold(name));
}

/** At this distance the box around an area is enough: nothing depends on whether it is 1,200 or 1,300 m. */
const FAR_M = 1200;
const MISSPELT_SHARE = 0.22;

type Keys = ReturnType<typeof keysOf>;
type Named = Area & Keys;

/** Indexes neighbourhoods for looking up; `plane` must be the one that points are asked in. */
export function createNeighbourhoods(list: readonly Neighbourhood[], plane: Plane): Neighbourhoods {
  const known = list.filter(({ name }) => isName(name));
  const areas: Named[] = known.map(({ name, polygons }) => {
    const rings = polygons.flatMap((polygon) => polygon.map((ring) => ring.map(plane.toPlane)));
    return { name, rings, ...boxAround(rings.flat()), ...keysOf(name) };
  });
  const index = indexNeighbourhoods(known);
  const isMisspelt = (key: string) => (area: Named) =>
    levenshtein(area.key, key) <= MISSPELT_SHARE * Math.max(4, key.length);
  const [keys, cores] = [new Set(areas.map(({ key }) => key)), new Set(areas.map(({ core }) => core))];
  const isKnown = ({ key, core }: Keys) => key !== '' && (keys.has(key) || cores.has(core));

  return {
    areas,
    named(text) {
      const { key, core } = keysOf(text);
      if (key === '') return [];
      const tests: ((area: Named) => boolean)[] = [
        (area) => area.key === key,
        (area) => area.core === core,
        (area) => ` ${area.key} `.includes(` ${core} `) || ` ${key} `.includes(` ${area.core} `),
        isMisspelt(key),
      ];
      for (const test of tests) {
        const found = areas.filter(test);
        if (found.length > 0) return found;
      }
      return [];
    },
    isName: (text) => isKnown(keysOf(text)),
    isNearlyName(text) {
      const asked = keysOf(text);
      return isKnown(asked) || (asked.key !== '' && areas.some(isMisspelt(asked.key)));
    },
    at: (point) => {
      const found = index.at(point);
      return found ? (areas[known.indexOf(found)] ?? null) : null;
    },
  };
}

/** Metres from a point to the nearest of the areas, 0 within one; from `FAR_M` on only roughly. */
export function distanceToAreasM(point: PlanePoint, areas: readonly Area[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const area of areas) {
    const boxM = distanceToBoxM(point, area);
    if (boxM < least) least = Math.min(least, boxM >= FAR_M ? boxM : distanceToAreaM(point, area));
    if (least === 0) break;
  }
  return least;
}

function distanceToBoxM(point: PlanePoint, { least, most }: Area): number {
  const dx = Math.max(0, least.x - point.x, point.x - most.x);
  const dy = Math.max(0, least.y - point.y, point.y - most.y);
  return Math.hypot(dx, dy);
}

function boxAround(points: readonly PlanePoint[]): { least: PlanePoint; most: PlanePoint } {
  const least = { x: Infinity, y: Infinity };
  const most = { x: -Infinity, y: -Infinity };
  for (const { x, y } of points) {
    least.x = Math.min(least.x, x);
    least.y = Math.min(least.y, y);
    most.x = Math.max(most.x, x);
    most.y = Math.max(most.y, y);
  }
  return { least, most };
}

function distanceToAreaM(point: PlanePoint, { rings }: Area): number {
  let inside = false;
  let least = Number.POSITIVE_INFINITY;
  for (const ring of rings) {
    let from = ring.at(-1);
    for (const to of ring) {
      if (from) {
        if (liesLeftOf(point, from, to)) inside = !inside;
        least = Math.min(least, distanceToLegM(point, from, to));
      }
      from = to;
    }
  }
  return inside ? 0 : least;
}

/** A ray from the point to the right crosses the leg: inside an area that happens an odd number of times. */
function liesLeftOf(point: PlanePoint, from: PlanePoint, to: PlanePoint): boolean {
  if (to.y > point.y === from.y > point.y) return false;
  return point.x < to.x + ((point.y - to.y) / (from.y - to.y)) * (from.x - to.x);
}

function distanceToLegM(point: PlanePoint, from: PlanePoint, to: PlanePoint): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const lengthSquared = dx * dx + dy * dy;
  const along = lengthSquared === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / lengthSquared;
  const share = Math.max(0, Math.min(1, along));
  return planeDistanceM(point, { x: from.x + share * dx, y: from.y + share * dy });
}

function keysOf(text: string): { key: string; core: string } {
  const words = nameWords(foldedWords(text));
  const telling = words.filter((word) => !GENERIC.has(word));
  const sounds = (list: readonly string[]) => list.map(soundOf).join(' ');
  return { key: sounds(words), core: sounds(telling.length > 0 ? telling : words) };
}
