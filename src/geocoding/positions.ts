import openLocationCode from 'open-location-code';
import { type Coordinates, distanceM, isUsable, isWithin, METRES_PER_DEGREE } from '../domain/geo.js';

/** A point that was written as one. */
export interface Position extends Coordinates {
  /** Metres, from how many digits were written; 0 where they say more than anybody needs. */
  accuracyM: number;
}

const plusCodes = new openLocationCode.OpenLocationCode();
/** Finer than this nobody needs to be told. */
const EXACT_BELOW_M = 5;

const SIGNS: readonly [RegExp, string][] = [
  [/[\p{Cf}]/gu, ''],
  [/[\u2212\u2012\u2013\u2014\uFE63\uFF0D]/g, '-'],
  [/[’‘´`′ʹ]/g, "'"],
  [/[”“″ʺ]|''/g, '"'],
  [/[º˚]/g, '°'],
  [/\u00a0/g, ' '],
];

/** A position in any of the usual writings: decimal degrees, degrees and minutes, a link to a map, a plus code; null for what is none. */
export function readPosition(text: string, near: Coordinates | null = null): Position | null {
  const clean = SIGNS.reduce((written, [sign, plain]) => written.replace(sign, plain), text).trim();
  const position = fromLink(clean) ?? fromPlusCode(clean, near) ?? fromDegrees(clean);
  return position && isUsable(position) ? position : null;
}

/** How links to maps hold a point, the most telling first: the place itself, then the middle of the map. */
const PAIR = '(-?\\d{1,3}\\.\\d+)(?:,|%2C)\\s*(-?\\d{1,3}\\.\\d+)';
const IN_LINKS = [
  /!3d(-?\d{1,3}\.\d+)!4d(-?\d{1,3}\.\d+)/i,
  new RegExp(
    `[?&#](?:q|query|ll|sll|daddr|destination|center|cp|coordinate|loc|to)=(?:loc:|ll\\.)?(?:[^&]*?[ +@:])?${PAIR}`,
    'i',
  ),
  /[?&#]mlat=(-?\d{1,3}\.\d+)&mlon=(-?\d{1,3}\.\d+)/i,
  new RegExp(`/(?:search|place|dir)/(?:[^@]*?/)?\\+?${PAIR}`, 'i'),
  new RegExp(`^geo:${PAIR}`, 'i'),
  new RegExp(`@${PAIR}`),
  /#map=\d+(?:\.\d+)?\/(-?\d{1,3}\.\d+)\/(-?\d{1,3}\.\d+)/,
];

function fromLink(text: string): Position | null {
  const link = /(?:https?:\/\/|geo:)\S+/i.exec(text)?.[0];
  if (!link) return null;
  for (const pattern of IN_LINKS) {
    const found = pattern.exec(link.replaceAll('%2C', ',').replace(/,(?:\+|%20)/g, ','));
    if (found?.[1] && found[2]) return { lat: Number(found[1]), lng: Number(found[2]), accuracyM: 0 };
  }
  return null;
}

const PLUS_CODE = /(?<![\p{L}\p{N}])([23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,7})(?![\p{L}\p{N}])/iu;

/** A short one is understood near where the network is; one of two characters before the sign comes back every 5 km, and is none. */
function fromPlusCode(text: string, near: Coordinates | null): Position | null {
  const code = PLUS_CODE.exec(text)?.[1]?.toUpperCase();
  if (!code || !plusCodes.isValid(code)) return null;
  const full = plusCodes.isFull(code) ? code : near && plusCodes.recoverNearest(code, near.lat, near.lng);
  if (!full) return null;
  const { latitudeCenter: lat, longitudeCenter: lng, latitudeLo, longitudeLo } = plusCodes.decode(full);
  return { lat, lng, accuracyM: Math.ceil(distanceM({ lat, lng }, { lat: latitudeLo, lng: longitudeLo })) };
}

/** One coordinate: its degrees, how fine it was written, and which it says it is. */
interface Angle {
  degrees: number;
  stepDegrees: number;
  axis: 'lat' | 'lng' | null;
  /** More than a whole number: "12 34" are no degrees. */
  telling: boolean;
}

const NUMBER = '\\d{1,3}(?:[.,]\\d+)?';
const HEMISPHERE = '[NSEWOL]|norte|sul|leste|este|oeste|north|south|east|west';
const ANGLE = new RegExp(
  `(?:(lat(?:itude)?|lo?ng?(?:itude)?|lon)["']?\\s*[:=]?\\s*["']?)?(?:(${HEMISPHERE})\\s*)?([+-]\\s?)?(${NUMBER})(?:\\s*°\\s*(?:(\\d{1,2}(?:[.,]\\d+)?)\\s*'\\s*(?:(\\d{1,2}(?:[.,]\\d+)?)\\s*"?)?)?)?(?:\\s*(${HEMISPHERE})(?![\\p{L}]))?`,
  'iuy',
);
const BETWEEN = /[\s,;/|&"'}{()[\]]*/y;

/** Exactly two angles and nothing else. */
function fromDegrees(text: string): Position | null {
  const [first, second, ...more] = anglesOf(text) ?? [];
  if (!first || !second || more.length > 0 || !(first.telling || second.telling)) return null;
  const isTurned = first.axis === 'lng' || second.axis === 'lat';
  if (isTurned && (first.axis === 'lat' || second.axis === 'lng')) return null;
  const [lat, lng] = isTurned ? [second, first] : [first, second];
  const step = Math.max(lat.stepDegrees, lng.stepDegrees) / 2;
  const errorM = step * METRES_PER_DEGREE * Math.SQRT2;
  return { lat: lat.degrees, lng: lng.degrees, accuracyM: errorM < EXACT_BELOW_M ? 0 : Math.ceil(errorM) };
}

function anglesOf(text: string): Angle[] | null {
  // "-19,95, -44,06": where commas part the decimals, another sign parts the two.
  const angles: Angle[] = [];
  let at = skip(text, 0);
  while (at < text.length) {
    ANGLE.lastIndex = at;
    const found = ANGLE.exec(text);
    if (!found) return null;
    angles.push(angleOf(found));
    // In "S 16.1 O 49.2" the second letter belongs to what follows.
    const end = ANGLE.lastIndex - (found[2] && found[7] ? found[7].length : 0);
    at = skip(text, end);
    if (angles.length > 2 || (at === end && !found[7] && /\d/.test(text[at] ?? ''))) return null;
  }
  return angles;
}

function skip(text: string, from: number): number {
  BETWEEN.lastIndex = from;
  BETWEEN.exec(text);
  return Math.max(from, BETWEEN.lastIndex);
}

function angleOf([, label = '', before, sign = '', degrees = '', minutes, seconds, after]: RegExpExecArray): Angle {
  const hemisphere = (before ?? after ?? '').charAt(0).toUpperCase();
  const value = number(degrees) + number(minutes) / 60 + number(seconds) / 3600;
  const isNegative = sign.startsWith('-') || /[SWO]/.test(hemisphere);
  const finest = seconds ?? minutes ?? degrees;
  const unit = seconds !== undefined ? 3600 : minutes !== undefined ? 60 : 1;
  const decimals = /[.,](\d+)/.exec(finest)?.[1]?.length ?? 0;
  const axis = axisOf(label, hemisphere);
  return {
    degrees: isNegative ? -value : value,
    stepDegrees: 10 ** -decimals / unit,
    axis,
    telling: decimals > 0 || minutes !== undefined || axis !== null,
  };
}

function axisOf(label: string, hemisphere: string): Angle['axis'] {
  if (label !== '') return /^lat/i.test(label) ? 'lat' : 'lng';
  if (hemisphere === '') return null;
  return /[NS]/.test(hemisphere) ? 'lat' : 'lng';
}

function number(text: string | undefined): number {
  return text === undefined ? 0 : Number(text.replace(',', '.'));
}

/** Brazil with its islands: where no narrower area is known. */
const BRAZIL = { south: -33.8, north: 5.3, west: -74, east: -28.8 };

export function isInBrazil(point: Coordinates): boolean {
  return isWithin(point, BRAZIL);
}

/** What somebody may have meant who wrote latitude and longitude the wrong way round, or left out a sign: those points that lie `inside`. */
export function correctionsOf({ lat, lng }: Coordinates, inside: (point: Coordinates) => boolean): Coordinates[] {
  const variants = [
    { lat: lng, lng: lat },
    { lat: -Math.abs(lat), lng: -Math.abs(lng) },
    { lat: -Math.abs(lng), lng: -Math.abs(lat) },
    { lat: Math.abs(lat), lng: -Math.abs(lng) },
  ];
  return variants.filter(
    (point, at) =>
      isUsable(point) &&
      inside(point) &&
      variants.findIndex((one) => one.lat === point.lat && one.lng === point.lng) === at,
  );
}
