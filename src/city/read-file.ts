import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

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
