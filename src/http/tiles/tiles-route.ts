import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { City } from '../../city/city.js';
import { CityTiles, TILE_ZOOMS } from './city-tiles.js';

/** A city changes with a restart, at most. */
const MAX_AGE_S = 3_600;

/** `{prefix}/{z}/{x}/{y}.pbf`: streets, neighbourhoods and doors of the city at hand. 204: nothing there. */
export function serveTiles(app: FastifyInstance, prefix: string, city: City): void {
  const tiles = new CityTiles(city);
  app.get<{ Params: { z: string; x: string; file: string } }>(`${prefix}/:z/:x/:file`, async (request, reply) => {
    const address = addressOf(request.params);
    if (!address) return reply.callNotFound();
    const tile = await tiles.tile(...address);
    reply.header('cache-control', `public, max-age=${MAX_AGE_S}`);
    if (!tile) return reply.code(204).send(null);
    const zipped = (request.headers['accept-encoding'] ?? '').includes('gzip');
    if (zipped) reply.header('content-encoding', 'gzip');
    return reply
      .header('vary', 'accept-encoding')
      .type('application/vnd.mapbox-vector-tile')
      .send(zipped ? tile : gunzipSync(tile));
  });
}

function addressOf({ z, x, file }: { z: string; x: string; file: string }): [number, number, number] | null {
  const y = /^(\d{1,5})\.pbf$/.exec(file)?.[1];
  if (y === undefined || !/^\d{1,2}$/.test(z) || !/^\d{1,5}$/.test(x)) return null;
  const across = 2 ** Number(z);
  const there = Number(z) >= TILE_ZOOMS.min && Number(z) <= TILE_ZOOMS.max && Number(x) < across && Number(y) < across;
  return there ? [Number(z), Number(x), Number(y)] : null;
}
