import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RangeResponse, Source } from 'pmtiles';
import type { LatLng } from '../../city/city.js';
import { isHttpUrl } from '../../config/kinds.js';
import type { Tiles } from './tiles-route.js';

/** An archive of vector tiles, from which a map's streets are served. */
export interface TileArchive extends Tiles {
  /** Where it begins to be looked at. */
  center: LatLng;
  close(): Promise<void>;
}

const compress = promisify(gzip);
const ANSWER_MS = 10_000;

/**
 * Opens a PMTiles archive of vector tiles, a file or at an address that answers parts (HTTP Range).
 * Errors: those of the file; an Error for what is no archive of version 3, holds no vector tiles, or does not answer.
 */
export async function openArchive(source: string): Promise<TileArchive> {
  // Loaded where an archive is served, and nowhere else.
  const { FetchSource, PMTiles, TileType } = await import('pmtiles');
  const file = isHttpUrl(source) ? null : await open(source);
  const archive = new PMTiles(file ? new FileSource(source, file) : withinTime(new FetchSource(source)));
  const close = async () => file?.close();
  try {
    const { tileType, minZoom, maxZoom, ...bounds } = await archive.getHeader();
    if (tileType !== TileType.Mvt) throw new Error('it holds no vector tiles (MVT)');
    return {
      zooms: { min: minZoom, max: maxZoom },
      center: { lat: (bounds.minLat + bounds.maxLat) / 2, lng: (bounds.minLon + bounds.maxLon) / 2 },
      tile: async (z, x, y) => {
        const found = await archive.getZxy(z, x, y);
        return found ? compress(new Uint8Array(found.data)) : null;
      },
      close,
    };
  } catch (error) {
    await close();
    throw new Error(`${source} cannot be read as PMTiles: ${error instanceof Error ? error.message : error}`);
  }
}

/** The library waits for ever. */
function withinTime(remote: Source): Source {
  return {
    getKey: () => remote.getKey(),
    getBytes: (offset, length, _signal, etag) => remote.getBytes(offset, length, AbortSignal.timeout(ANSWER_MS), etag),
  };
}

/** A file as the library reads archives: in parts. */
class FileSource implements Source {
  constructor(
    private readonly path: string,
    private readonly file: FileHandle,
  ) {}

  getKey(): string {
    return this.path;
  }

  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await this.file.read(bytes, 0, length, offset);
    return { data: bytes.buffer.slice(0, bytesRead) };
  }
}
