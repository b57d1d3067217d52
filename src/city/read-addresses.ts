import { parse } from 'csv-parse/sync';
import type { AddressPoint } from './city.js';
import { type CityFile, CityFolderError, columnOf, farFrom, LeftOut } from './read-file.js';

/** The columns that are read, by the names that open data give them, in small letters. */
const COLUMNS = {
  street: ['street', 'logradouro', 'rua', 'nome_logradouro', 'nom_logradouro', 'endereco', 'endereço'],
  number: ['number', 'numero', 'número', 'num_endereco', 'nr', 'num', 'housenumber', 'addr:housenumber'],
  longitude: ['longitude', 'lon', 'lng', 'long', 'x'],
  latitude: ['latitude', 'lat', 'y'],
} as const;
const CEP = ['cep', 'postcode', 'postal_code', 'cod_cep'];
type Column = keyof typeof COLUMNS;

export interface ReadAddresses {
  addresses: AddressPoint[];
  notes: string[];
}

/** More odd rows than this share are no accident: the file is something else than it says. */
const ODD_AT_MOST = 0.2;
const FAR_AT_MOST = 0.01;

/**
 * Reads the doors of a city.
 *
 * Shape:  CSV parted by commas, semicolons or tabs, with a header that has `street,number,longitude,latitude` (or their usual other names)
 *         in any order, and perhaps `cep`; other columns are passed over. Decimal commas where commas do not part columns.
 * Units:  degrees WGS84. Number `0`, `S/N` or none is a door without number; of `55A` or `55-57` the first number counts.
 * Errors: CityFolderError with the row, the header being row 1. Rows without street or position, and a few far away, are left out and counted.
 */
export function parseAddresses(file: CityFile): ReadAddresses {
  const [header = [], ...rows] = readRows(file);
  const columns = columnsOf(header, file);
  const cepAt = columnOf(header, CEP);
  const leftOut = new LeftOut();
  // 90,000 doors stand in some 3,000 streets: one string each, and none that keeps its whole row alive.
  const names = new Map<string, string>();
  const read = rows.flatMap((row, index) => {
    const value = (column: Column) => (row[columns[column]] ?? '').trim();
    const fail = (problem: string) => new CityFolderError(file.name, `row ${index + 2}: ${problem}`);
    const street = value('street');
    const [lat, lng] = [
      degreesOf('latitude', value('latitude'), 90, fail),
      degreesOf('longitude', value('longitude'), 180, fail),
    ];
    if (street === '' || lat === null || lng === null || (lat === 0 && lng === 0)) {
      leftOut.add(street === '' ? 'without street' : 'without position');
      return [];
    }
    if (!names.has(street)) names.set(street, street);
    const number = houseNumberIn(value('number'));
    return [{ row: index + 2, point: { street: names.get(street) ?? street, number, lat, lng, ...cepIn(row[cepAt]) } }];
  });
  if (leftOut.total > ODD_AT_MOST * rows.length)
    throw new CityFolderError(file.name, `${leftOut.total} of ${rows.length} rows lack street or position`);
  const addresses = withoutFar(read, file, leftOut);
  return { addresses, notes: leftOut.notes(file.name) };
}

/** Seven digits have lost their zero in a spreadsheet. */
function cepIn(text = ''): { cep?: string } {
  const digits = text.replace(/\D/g, '');
  return digits.length === 8 || digits.length === 7 ? { cep: digits.padStart(8, '0') } : {};
}

function withoutFar(
  read: readonly { row: number; point: AddressPoint }[],
  file: CityFile,
  leftOut: LeftOut,
): AddressPoint[] {
  const inBrazil = ({ lat, lng }: AddressPoint) => lat > -34 && lat < 6 && lng > -74 && lng < -28;
  const swapped = read.filter(
    ({ point }) => !inBrazil(point) && inBrazil({ ...point, lat: point.lng, lng: point.lat }),
  );
  if (swapped.length > read.length / 2)
    throw new CityFolderError(
      file.name,
      'latitude and longitude are the wrong way round: the header names them crosswise',
    );
  const isFar = farFrom(read.map(({ point }) => point));
  const far = read.filter(({ point }) => isFar(point));
  if (far[0] && far.length > Math.max(1, FAR_AT_MOST * read.length)) {
    const { row, point } = far[0];
    throw new CityFolderError(
      file.name,
      `row ${row}: ${point.lat}, ${point.lng} lies far from the others, as ${far.length} rows do`,
    );
  }
  for (const _ of far) leftOut.add('far from all others');
  return read.flatMap(({ point }) => (isFar(point) ? [] : [point]));
}

function readRows(file: CityFile): string[][] {
  const [first = ''] = file.text.split('\n', 1);
  const delimiter = [';', '\t', '|', ','].find((sign) => first.split(sign).length > 3) ?? ',';
  try {
    return parse(file.text, { bom: true, skip_empty_lines: true, delimiter, relax_quotes: true });
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new CityFolderError(file.name, `is not CSV: ${problem}`, { cause });
  }
}

function columnsOf(header: readonly string[], file: CityFile): Record<Column, number> {
  const at = (column: Column) => columnOf(header, COLUMNS[column]);
  const missing = (Object.keys(COLUMNS) as Column[]).filter((column) => at(column) < 0);
  if (missing.length > 0) {
    const got = header.length > 0 ? `"${header.join(',').slice(0, 120)}"` : 'nothing';
    throw new CityFolderError(file.name, `row 1: the header lacks ${missing.join(', ')}; it is ${got}`);
  }
  return { street: at('street'), number: at('number'), longitude: at('longitude'), latitude: at('latitude') };
}

/** `55A`, `55-57`, `55.0` → 55, `1.255` → 1255; null for `S/N`, `LT 12`, `0` and nothing. */
function houseNumberIn(text: string): number | null {
  const plain = text.replace(/^(\d{1,3})\.(\d{3})(?!\d)/, '$1$2');
  const digits = /^(?:n[º°.]?\s*)?(\d{1,6})(?!\d)/i.exec(plain)?.[1];
  return digits === undefined ? null : Number(digits) || null;
}

type Fail = (problem: string) => CityFolderError;

/** Null for nothing, however a database writes it. */
function degreesOf(column: Column, text: string, most: number, fail: Fail): number | null {
  if (/^(?:|null|nan|n\/a|\\n|-)$/i.test(text)) return null;
  const degrees = Number(text.replace(',', '.'));
  if (Number.isFinite(degrees) && Math.abs(degrees) <= most) return degrees;
  throw fail(`${column} is "${text.slice(0, 40)}", expected degrees from -${most} to ${most}`);
}
