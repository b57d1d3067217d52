import type { Say } from './words.js';

/** A point, WGS84 degrees. */
export interface LatLng {
  lat: number;
  lng: number;
}

type Placed<Facts> = (Facts & { lat?: number | null; lng?: number | null }) | null;

/** What is known of an installation; more may be there. */
export interface Installation {
  contractCode: string;
  client: { name: string | null; observation: string | null } | null;
  property: Placed<{ address: string | null }>;
  box: Placed<{ name: string | null }>;
  /** Of a flat, which has no box. */
  building: Placed<{ name: string | null }>;
  connection: { port: number | null; splitter: { name: string | null } | null } | null;
  drop: {
    lengthM: number | null;
    path: readonly LatLng[] | null;
    poles: readonly Placed<{ name: string | null }>[] | null;
  } | null;
}

/** Colours of the sketch on paper, the same in picture and PDF. */
export const PAPER = {
  ink: '#16222c',
  muted: '#4f5e6a',
  accent: '#0b5c63',
  soft: '#e2f0f0',
  line: '#d9dfe3',
  blank: '#7d8b96',
} as const;

export type Fact = [name: string, value: string];

/** Contents of the installer's sketch, ready for layout. */
export interface Sketch {
  title: string;
  subtitle: string;
  /** What the installer looks for at the box. */
  highlights: Fact[];
  rows: Fact[];
  /** What is filled in by hand at the client's. */
  blanks: string[];
  blanksTitle: string;
  /** The client's position; null when OZmap does not say. */
  client: LatLng | null;
  box: (LatLng & { name: string }) | null;
  path: LatLng[];
  /** On the drop, those that have a name. */
  poles: (LatLng & { name: string })[];
  /** Stands beside the drop. */
  dropLabel: string | null;
  /** Where a phone opens the client's position; null without one. */
  mapUrl: string | null;
  /** What stands below the code that holds `mapUrl`. */
  scan: string;
  fileName: string;
}

const BLANKS = ['signal', 'cable', 'date', 'technician'] as const;

/**
 * Collects the facts of an installation. Pure, but for the clock that is handed in. `position`: the client's, where its home has none; a flat is
 * where its building is. `timeZone`: of whoever reads it, where that is not the machine's own.
 */
export function sketchOf(
  { contractCode, client: person, property, box, building, connection, drop }: Installation,
  say: Say,
  { now, position = null, timeZone }: { now: Date; position?: LatLng | null; timeZone?: string },
): Sketch {
  const client = located(property) ?? located(building) ?? position;
  const boxAt = located(box);
  const path = pathOf(drop?.path ?? [], [client, boxAt]);
  const length = lengthOf(drop, say);
  const highlights: Unsure[] = [
    [say.t('done.box'), box?.name ?? null],
    [say.t('sale.building'), building?.name ?? null],
    [say.t('done.splitter'), connection?.splitter?.name ?? null],
    [say.t('done.port'), connection?.port == null ? null : String(connection.port)],
    [say.t('done.drop'), length && `${length} (${shapeOf(path, say)})`],
  ];
  const rows: Unsure[] = [
    [say.t('done.contract'), contractCode],
    [say.t('done.client'), person?.name ?? null],
    [say.t('done.address'), property?.address ?? null],
    [say.t('croqui.position'), degrees(client)],
    [say.t('croqui.boxPosition'), degrees(boxAt)],
    [say.t('sale.observation'), person?.observation ?? null],
  ];
  const date = now.toLocaleString(say.locale, { dateStyle: 'short', timeStyle: 'short', timeZone });
  return {
    title: say.t('croqui.title'),
    subtitle: say.t('croqui.made', { date }),
    highlights: highlights.filter(isKnown),
    rows: rows.filter(isKnown),
    blanksTitle: say.t('croqui.blanks'),
    blanks: BLANKS.map((blank) => say.t(`croqui.blank.${blank}`)),
    client: client && { lat: client.lat, lng: client.lng },
    box: boxAt && { ...boxAt, name: box?.name ?? '' },
    path,
    poles: (drop?.poles ?? []).flatMap(named),
    dropLabel: length,
    mapUrl: client && mapUrl(client),
    scan: say.t('croqui.scan'),
    fileName: `croqui-${contractCode.replace(/[^\w-]+/g, '_')}`,
  };
}

/** Opens a place in whatever shows maps to the person who follows it; nothing is asked of anybody before that. */
export function mapUrl(place: LatLng): string {
  return `https://www.google.com/maps/search/?api=1&query=${place.lat.toFixed(6)},${place.lng.toFixed(6)}`;
}

function degrees(place: LatLng | null): string | null {
  return place && `${place.lat.toFixed(6)}, ${place.lng.toFixed(6)}`;
}

/** A pole that has a name and a place; else none. */
function named(pole: Placed<{ name: string | null }>): (LatLng & { name: string })[] {
  const at = located(pole);
  return at && pole?.name ? [{ ...at, name: pole.name }] : [];
}

/** Null where OZmap does not say: a flat's drop stays in its building, and is 0 m there. */
function lengthOf(drop: Installation['drop'], say: Say): string | null {
  return drop?.lengthM ? say.metres(drop.lengthM) : null;
}

/** As OZmap has it, else straight between the ends that are known. */
function pathOf(drawn: readonly LatLng[], ends: readonly (LatLng | null | undefined)[]): LatLng[] {
  if (drawn.length > 1) return [...drawn];
  const known = ends.filter((end) => end != null);
  return known.length > 1 ? known : [];
}

function shapeOf(path: readonly LatLng[], say: Say): string {
  const inner = Math.max(0, path.length - 2);
  if (inner === 0) return say.t('croqui.straight');
  return say.t(inner === 1 ? 'croqui.poles_one' : 'croqui.poles_other', { count: inner });
}

type Unsure = [name: string, value: string | null];

/** Null for what has no place. */
function located(thing: Placed<object> | undefined): LatLng | null {
  return thing?.lat == null || thing.lng == null ? null : { lat: thing.lat, lng: thing.lng };
}

function isKnown(fact: Unsure): fact is Fact {
  return Boolean(fact[1]);
}
