import { getMunicipalityByCode } from '@brazilian-utils/brazilian-utils/get-municipality-by-code';
import { parse } from 'csv-parse';
import type { AddressPoint, City, LatLng, Neighbourhood, StreetSegment } from './city.js';
import { piecesOf } from './neighbourhood-index.js';
import { columnOf } from './read-file.js';

/** IBGE's columns, and what re-published files call them. */
const COLUMNS = {
  municipality: ['COD_MUNICIPIO', 'COD_MUN', 'CD_MUN'],
  cep: ['CEP', 'COD_CEP'],
  locality: ['DSC_LOCALIDADE', 'NOM_LOCALIDADE', 'NOM_BAIRRO'],
  type: ['NOM_TIPO_SEGLOGR', 'NOM_TIPO_LOGRADOURO'],
  title: ['NOM_TITULO_SEGLOGR'],
  name: ['NOM_SEGLOGR', 'NOM_LOGRADOURO'],
  number: ['NUM_ENDERECO', 'NUMERO'],
  modifier: ['DSC_MODIFICADOR'],
  lat: ['LATITUDE', 'LAT'],
  lng: ['LONGITUDE', 'LON', 'LONG'],
  level: ['NV_GEO_COORD'],
} as const;
const NEEDED = ['municipality', 'name', 'number', 'lat', 'lng'] as const;
type Column = keyof typeof COLUMNS;

/** How a city was read from the register. */
export interface CnefeReading {
  city: City;
  /** Rows of the municipality, and of those the ones without street or position. */
  rows: number;
  leftOut: number;
}

interface Door extends AddressPoint {
  locality: string;
  level: number;
}

/**
 * Reads one municipality from CNEFE, IBGE's register of addresses: its doors, its streets drawn through them, and its localities around them.
 *
 * `csv`: the file's text, in pieces. `municipality`: IBGE's seven digits.
 * Errors: Error, that names missing columns, an unknown municipality, or a file without rows of it.
 * Source: IBGE, Cadastro Nacional de Endereços para Fins Estatísticos 2022, files by state or municipality.
 */
export async function readCnefe(csv: AsyncIterable<Uint8Array | string>, municipality: string): Promise<CnefeReading> {
  const known = getMunicipalityByCode(municipality);
  if (!known) throw new Error(`${municipality} is no municipality's code of IBGE (seven digits)`);
  const doors = new Map<string, Door>();
  let columns: Record<Column, number> | null = null;
  let [rows, leftOut] = [0, 0];
  const lines = parse({
    bom: true,
    delimiter: [';', ','],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const feed = async () => {
    for await (const piece of csv)
      if (!lines.write(piece)) await new Promise((resolve) => lines.once('drain', resolve));
    lines.end();
  };
  const fed = feed().catch((error) => lines.destroy(error));
  for await (const row of lines as AsyncIterable<string[]>) {
    if (columns === null) {
      columns = columnsOf(row);
      continue;
    }
    if (row[columns.municipality]?.trim() !== municipality) continue;
    rows += 1;
    const door = doorOf(row, columns);
    if (!door) {
      leftOut += 1;
      continue;
    }
    // Flats of a house, and a house asked twice, are one door: the most exact row of it stays.
    const key = [door.street, door.number, door.lat.toFixed(4), door.lng.toFixed(4)].join('|');
    const before = doors.get(key);
    if (!before || door.level < before.level) doors.set(key, door);
  }
  await fed;
  if (doors.size === 0) throw new Error(`the file has no address of ${known.name} (${municipality})`);
  const all = [...doors.values()];
  const city = {
    name: known.name,
    state: known.stateCode,
    addresses: all.map(({ locality: _locality, level: _level, ...door }) => door),
    streets: [...Map.groupBy(all, ({ street }) => street)].flatMap(([name, points]) => drawn(name, points)),
    neighbourhoods: [...Map.groupBy(all, ({ locality }) => locality)].flatMap(([name, points]) => around(name, points)),
  };
  return { city, rows, leftOut };
}

function columnsOf(header: readonly string[]): Record<Column, number> {
  const at = (column: Column) => columnOf(header, COLUMNS[column]);
  const missing = NEEDED.filter((column) => at(column) < 0).map((column) => COLUMNS[column][0]);
  if (missing.length > 0) throw new Error(`this is no file of CNEFE: its header lacks ${missing.join(', ')}`);
  return Object.fromEntries((Object.keys(COLUMNS) as Column[]).map((column) => [column, at(column)])) as Record<
    Column,
    number
  >;
}

function doorOf(row: readonly string[], columns: Record<Column, number>): Door | null {
  const value = (column: Column) => (row[columns[column]] ?? '').trim();
  const street = [value('type'), value('title'), value('name')].filter(Boolean).join(' ').replace(/\s+/g, ' ');
  const [lat, lng] = [value('lat'), value('lng')].map((text) =>
    text === '' ? Number.NaN : Number(text.replace(',', '.')),
  );
  if (street === '' || !Number.isFinite(lat) || !Number.isFinite(lng)) return null;
  const cep = value('cep').replace(/\D/g, '');
  // "KM" and "SN" say that the number is none.
  const number = /^(?:SN|KM)/i.test(value('modifier')) ? null : Number.parseInt(value('number'), 10) || null;
  return {
    street,
    number,
    lat: Number(lat),
    lng: Number(lng),
    ...(cep.length >= 7 && { cep: cep.padStart(8, '0') }),
    locality: value('locality'),
    level: Number(value('level') || 9),
  };
}

const METRES_PER_DEGREE = 111_195;
/** Doors of one street farther apart than this are two pieces of it. */
const GAP_M = 250;
const STEP_M = 40;

/** A street through its doors: along the direction in which they spread, one corner for each step. */
function drawn(name: string, doors: readonly LatLng[]): StreetSegment[] {
  const cell = GAP_M / METRES_PER_DEGREE;
  const pieces = piecesOf(doors, ({ lat, lng }) => [Math.floor(lat / cell), Math.floor(lng / cell)]);
  return pieces.flatMap((piece) => {
    const [middle, cos] = middleOf(piece);
    const points = piece.map(({ lat, lng }) => ({
      x: (lng - middle.lng) * METRES_PER_DEGREE * cos,
      y: (lat - middle.lat) * METRES_PER_DEGREE,
    }));
    const sum = (of: (point: { x: number; y: number }) => number) =>
      points.reduce((total, point) => total + of(point), 0);
    const angle =
      0.5 *
      Math.atan2(
        2 * sum(({ x, y }) => x * y),
        sum(({ x, y }) => x * x - y * y),
      );
    const steps = Map.groupBy(piece, (_, at) => {
      const { x = 0, y = 0 } = points[at] ?? {};
      return Math.round((x * Math.cos(angle) + y * Math.sin(angle)) / STEP_M);
    });
    const path = [...steps].sort(([a], [b]) => a - b).map(([, near]) => middleOf(near)[0]);
    return path.length >= 2 ? [{ name, path }] : [];
  });
}

function middleOf(points: readonly LatLng[]): [LatLng, number] {
  const lat = points.reduce((total, point) => total + point.lat, 0) / points.length;
  const lng = points.reduce((total, point) => total + point.lng, 0) / points.length;
  return [{ lat, lng }, Math.cos((lat * Math.PI) / 180)];
}

const AROUND_DEGREES = 0.0003;

/** The hull around a locality's doors, without the few that lie far from its middle. */
function around(name: string, doors: readonly LatLng[]): Neighbourhood[] {
  const [middle, cos] = middleOf(doors);
  const away = ({ lat, lng }: LatLng) => Math.hypot(lat - middle.lat, (lng - middle.lng) * cos);
  const near = [...doors].sort((a, b) => away(a) - away(b)).slice(0, Math.ceil(doors.length * 0.97));
  // With some metres around each: the doors of one straight street enclose nothing.
  const corners = near.flatMap(({ lat, lng }) =>
    [-AROUND_DEGREES, AROUND_DEGREES].flatMap((dLat) =>
      [-AROUND_DEGREES, AROUND_DEGREES].map((dLng) => ({ lat: lat + dLat, lng: lng + dLng })),
    ),
  );
  return name === '' ? [] : [{ name, polygons: [[hullOf(corners)]] }];
}

/** Andrew's monotone chain; closed. */
function hullOf(points: readonly LatLng[]): LatLng[] {
  const sorted = [...points].sort((a, b) => a.lng - b.lng || a.lat - b.lat);
  const turn = (o: LatLng, a: LatLng, b: LatLng) =>
    (a.lng - o.lng) * (b.lat - o.lat) - (a.lat - o.lat) * (b.lng - o.lng);
  const half = (list: readonly LatLng[]) => {
    const chain: LatLng[] = [];
    for (const point of list) {
      for (let [o, a] = chain.slice(-2); o && a && turn(o, a, point) <= 0; [o, a] = chain.slice(-2)) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  const hull = [...half(sorted), ...half(sorted.toReversed())];
  return hull[0] ? [...hull, hull[0]] : [];
}
