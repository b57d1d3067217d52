import type { AddressPoint, City, LatLng, StreetSegment } from '../../city/city.js';
import { fold, inTitleCase } from '../reader/words.js';
import { type Door, partIntoRuns, type Run } from './doors/run.js';
import type { KnownName } from './names/similarity.js';
import { readStreetName, typeLength } from './names/street-name.js';
import { type Plane, type PlanePoint, planeDistanceM, quantileOf } from './plane.js';

/** All that the city knows under one street name: it may be several streets in places far apart. */
export interface Street {
  name: KnownName;
  /** As people read it: `Avenida João César de Oliveira`. */
  label: string;
  runs: Run[];
  /** Numbered doors before they were parted into runs, for calibration. */
  doors: Door[];
  /** Share of the numbered doors that stand in no run of three or more, 0 to 1: how far the numbering can be trusted. */
  disorder: number;
  /** Doors with a number that another door of the same run has too: their share of the numbered doors, and how far apart they are. */
  twins: { share: number; spanM: number };
  unnumbered: PlanePoint[];
  segments: StreetSegment[];
}

/** Sources that cut names do so at this width, type included; a name as long as that may lack its end. */
const CUT_WIDTH = 30;

/**
 * Gathers doors and segments by name. Spellings that sound alike are one street; a name that the doors' source cut is one with the
 * segments' full name where only one begins so.
 */
export function gatherStreets(city: City, plane: Plane): Street[] {
  const streets = new Map<string, Street>();
  const bySource = [...Map.groupBy(city.addresses, ({ street }) => street)];
  // Of several spellings the one that most doors have becomes the label.
  const doorStreets = bySource.sort(([, some], [, others]) => others.length - some.length);
  const segmentStreets = Map.groupBy(city.streets, ({ name }) => name);
  const fullNames = namesByBeginning([...segmentStreets.keys()]);

  for (const [source, doors] of doorStreets) {
    const full = source.length >= CUT_WIDTH ? onlyOne(fullNames(source)) : null;
    const street = streetNamed(streets, full ?? source, full === null && source.length >= CUT_WIDTH);
    if (street) addDoors(street, doors, plane);
  }
  for (const [source, segments] of segmentStreets) {
    if (source === null || /\bSEM NOME\b/i.test(source)) continue;
    streetNamed(streets, source, false)?.segments.push(...segments);
  }
  return [...streets.values()].map(withRuns);
}

/** The street with its numbered doors parted into runs. */
export function withRuns(street: Street): Street {
  const runs = partIntoRuns(street.doors);
  const strays = runs.filter(({ doors }) => doors.length < 3).reduce((sum, { doors }) => sum + doors.length, 0);
  return {
    ...street,
    runs,
    disorder: strays / Math.max(1, street.doors.length),
    twins: twinsOf(runs, street.doors.length),
  };
}

function twinsOf(runs: readonly Run[], doorCount: number): Street['twins'] {
  const spans: number[] = [];
  for (const { doors } of runs) {
    doors.forEach((door, index) => {
      const next = doors[index + 1];
      if (next?.number === door.number) spans.push(planeDistanceM(door, next));
    });
  }
  return { share: (2 * spans.length) / Math.max(1, doorCount), spanM: quantileOf(spans, 0.9) };
}

function addDoors(street: Street, doors: readonly AddressPoint[], plane: Plane): void {
  for (const door of doors) {
    const point = plane.toPlane(door);
    if (door.number === null) street.unnumbered.push(point);
    else street.doors.push({ number: door.number, ...point });
  }
}

function streetNamed(streets: Map<string, Street>, source: string, cut: boolean): Street | null {
  const name = readStreetName(source);
  if (!name) return null;
  const key = `${name.type ?? ''}/${name.key}`;
  const known = streets.get(key);
  if (known) return known;
  const street: Street = {
    name: { ...name, cut },
    label: labelOf(source, name.type),
    runs: [],
    doors: [],
    disorder: 0,
    twins: { share: 0, spanM: 0 },
    unnumbered: [],
    segments: [],
  };
  streets.set(key, street);
  return street;
}

/** `Av. JOAO CESAR` → `Avenida Joao Cesar`: the type written out; capitals only where the source wrote nothing but capitals. */
export function labelOf(source: string, type: string | null): string {
  const words = source.trim().split(/\s+/);
  const typeWords = typeLength(words.map(fold));
  const typed = type !== null && typeWords > 0;
  // `CEL.VICENTE`: a dot ends a word.
  const text = words
    .slice(typed ? typeWords : 0)
    .join(' ')
    .replace(/\.(?=\p{L})/gu, '. ');
  return [...(typed ? [type] : []), text === text.toUpperCase() ? inTitleCase(text, typed) : text].join(' ');
}

function namesByBeginning(names: readonly (string | null)[]): (beginning: string) => string[] {
  const comparable = (name: string) => {
    const [type = '', ...rest] = fold(name).split(' ');
    return `${readStreetName(`${type} X`)?.type ?? type} ${rest.join(' ')}`;
  };
  const folded = names.flatMap((name) => (name === null ? [] : [{ name, folded: comparable(name) }]));
  return (beginning) => {
    const wanted = comparable(beginning);
    return folded.filter((entry) => entry.folded.startsWith(wanted)).map(({ name }) => name);
  };
}

function onlyOne(names: readonly string[]): string | null {
  const [only = null, ...others] = names;
  return others.length === 0 ? only : null;
}

/** The street that a street meets nearest to a point on it, as people read its name; null where the map shows no corner. */
export type Corners = (street: Street, point: PlanePoint) => string | null;

/** Finds corners: ends of segments where another street has one, too. */
export function findCorners(streets: readonly Street[], plane: Plane): Corners {
  const meeting = new Map<string, Street[]>();
  for (const street of streets) {
    for (const end of endsOf(street)) {
      const there = meeting.get(keyOf(end));
      if (!there) meeting.set(keyOf(end), [street]);
      else if (!there.includes(street)) there.push(street);
    }
  }
  const corners = new Map<Street, { at: PlanePoint; other: Street }[]>();
  const cornersOf = (street: Street) => {
    const found = endsOf(street).flatMap((end) => {
      const other = meeting.get(keyOf(end))?.find((one) => one !== street);
      return other ? [{ at: plane.toPlane(end), other }] : [];
    });
    corners.set(street, found);
    return found;
  };
  return (street, point) => {
    let nearest: Street | undefined;
    let nearestM = Number.POSITIVE_INFINITY;
    for (const { at, other } of corners.get(street) ?? cornersOf(street)) {
      const distanceM = planeDistanceM(at, point);
      if (distanceM < nearestM) [nearest, nearestM] = [other, distanceM];
    }
    return nearest?.label ?? null;
  };
}

function endsOf({ segments }: Street): LatLng[] {
  return segments.flatMap(({ path }) => [path[0], path.at(-1)]).filter((end) => end !== undefined);
}

/** A metre, more or less. */
function keyOf({ lat, lng }: LatLng): string {
  return `${Math.round(lat * 1e5)}/${Math.round(lng * 1e5)}`;
}
