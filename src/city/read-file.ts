import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { LatLng } from './city.js';

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
  text: string;
}

/** Reads `<name>` or else `<name>.gz` from the folder; null when it has neither. */
export async function findCityFile(folder: string, name: string): Promise<CityFile | null> {
  const plain = await readOrNull(folder, name);
  if (plain) return { name, text: textOf(plain) };
  const packedName = `${name}.gz`;
  const packed = await readOrNull(folder, packedName);
  if (!packed) return null;
  try {
    return { name: packedName, text: textOf(await promisify(gunzip)(packed)) };
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

/** UTF-8, or UTF-16 with its mark, or else windows-1252, in which many Brazilian municipalities still write. */
function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Where a CSV's header has the first of these names that it has at all, in capitals or not; -1 for none. */
export function columnOf(header: readonly string[], names: readonly string[]): number {
  const found = header.map((name) => name.trim().toLowerCase());
  return names.map((name) => found.indexOf(name.toLowerCase())).find((at) => at >= 0) ?? -1;
}

/** No municipality of Brazil but a few in the Amazon reaches farther from its middle, in degrees: some 170 km. */
const FAR_DEGREES = 1.5;

/** Tells the points that lie far from where most of them are. */
export function farFrom(points: readonly LatLng[]): (point: LatLng) => boolean {
  const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
  const lat = middle(points.map((point) => point.lat));
  const lng = middle(points.map((point) => point.lng));
  return (point) => Math.abs(point.lat - lat) > FAR_DEGREES || Math.abs(point.lng - lng) > FAR_DEGREES;
}

/** How many of what was read were left out, and why: for the log. */
export class LeftOut {
  readonly #counts = new Map<string, number>();

  add(reason: string): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  notes(file: string): string[] {
    return [...this.#counts].map(([reason, count]) => `${file}: ${count} left out (${reason})`);
  }
}
