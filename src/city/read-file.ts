import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { AddressPoint } from './city.js';

/** A city folder that cannot be used; the message names the file, the row or feature where there is one, and what is wrong. */
export class CityFolderError extends Error {
  constructor(
    readonly file: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`${file}: ${problem}`, options);
    this.name = 'CityFolderError';
  }
}

/** A file of a city folder, unpacked. */
export interface CityFile {
  /** As it is called in the folder, e.g. `addresses.csv.gz`. */
  name: string;
  bytes: Buffer;
}

/** Reads `<name>` or else `<name>.gz` from the folder; null when it has neither. */
export async function findCityFile(folder: string, name: string): Promise<CityFile | null> {
  const plain = await readOrNull(folder, name);
  if (plain) return { name, bytes: plain };
  const packedName = `${name}.gz`;
  const packed = await readOrNull(folder, packedName);
  if (!packed) return null;
  try {
    return { name: packedName, bytes: await promisify(gunzip)(packed) };
  } catch (cause) {
    throw new CityFolderError(packedName, 'is not a whole gzip file', { cause });
  }
}

/** Like `findCityFile`, for the files that a city cannot do without. */
export async function getCityFile(folder: string, name: string): Promise<CityFile> {
  const file = await findCityFile(folder, name);
  if (!file) throw new CityFolderError(name, `neither ${name} nor ${name}.gz is in ${folder}`);
  return file;
}

async function readOrNull(folder: string, name: string): Promise<Buffer | null> {
  try {
    return await readFile(join(folder, name));
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT') return null;
    throw new CityFolderError(name, `cannot be read (${String(code)})`, { cause });
  }
}

const COLUMNS = ['street', 'number', 'longitude', 'latitude'] as const;
type Column = (typeof COLUMNS)[number];

/**
 * Reads the doors of a city.
 *
 * Shape:  CSV with a header that has `street,number,longitude,latitude` in any order; other columns are passed over.
 * Units:  degrees WGS84. Number `0`, or none, is a door without number.
 * Errors: CityFolderError with the row, the header being row 1.
 */
export function parseAddresses(file: CityFile): AddressPoint[] {
  const [header = [], ...rows] = readRows(file);
  const columns = columnsOf(header, file);
  // 90,000 doors stand in some 3,000 streets: one string each, and none that keeps its whole row alive.
  const names = new Map<string, string>();
  return rows.map((row, index) => {
    const value = (column: Column) => row[columns[column]] ?? '';
    const fail = (problem: string) => new CityFolderError(file.name, `row ${index + 2}: ${problem}`);
    const street = value('street').trim();
    if (!street) throw fail('street is empty');
    if (!names.has(street)) names.set(street, street);
    return {
      street: names.get(street) ?? street,
      number: numberOf(value('number').trim(), fail),
      lat: degreesOf('latitude', value('latitude'), 90, fail),
      lng: degreesOf('longitude', value('longitude'), 180, fail),
    };
  });
}

function readRows(file: CityFile): string[][] {
  try {
    return parse(file.bytes, { bom: true, skip_empty_lines: true });
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new CityFolderError(file.name, `is not CSV: ${problem}`, { cause });
  }
}

function columnsOf(header: readonly string[], file: CityFile): Record<Column, number> {
  const found = header.map((name) => name.trim().toLowerCase());
  const missing = COLUMNS.filter((column) => !found.includes(column));
  if (missing.length > 0) {
    const got = header.length > 0 ? `"${header.join(',').slice(0, 120)}"` : 'nothing';
    throw new CityFolderError(file.name, `row 1: the header lacks ${missing.join(', ')}; it is ${got}`);
  }
  const at = (column: Column) => found.indexOf(column);
  return { street: at('street'), number: at('number'), longitude: at('longitude'), latitude: at('latitude') };
}

type Fail = (problem: string) => CityFolderError;

function numberOf(text: string, fail: Fail): number | null {
  if (text === '') return null;
  if (!/^\d{1,6}$/.test(text)) throw fail(`number is "${text.slice(0, 40)}", expected a whole number from 0 to 999999`);
  return Number(text) || null;
}

function degreesOf(column: Column, text: string, most: number, fail: Fail): number {
  const degrees = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(degrees) && Math.abs(degrees) <= most) return degrees;
  throw fail(`${column} is "${text.slice(0, 40)}", expected degrees from -${most} to ${most}`);
}
