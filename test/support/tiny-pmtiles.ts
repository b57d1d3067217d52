import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { FeatureCollection } from 'geojson';
import GeoJSONVT from 'geojson-vt';
import { zxyToTileId } from 'pmtiles';
import { fromGeojsonVt } from 'vt-pbf';

/** A PMTiles archive of version 3 with these layers, cut at one zoom around one place. Source: the PMTiles specification, version 3. */
export function writeTinyPmtiles(
  file: string,
  layers: Record<string, FeatureCollection>,
  { lat, lng, zoom }: { lat: number; lng: number; zoom: number },
): void {
  const across = 2 ** zoom;
  const radians = (lat * Math.PI) / 180;
  const x = Math.floor(((lng + 180) / 360) * across);
  const y = Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * across);
  const indexes = Object.entries(layers).map(
    ([name, features]) => [name, new GeoJSONVT(features, { maxZoom: zoom })] as const,
  );
  const tiles = [-1, 0, 1].flatMap((dx) =>
    [-1, 0, 1].flatMap((dy) => {
      const cut = indexes.flatMap(([name, index]) => {
        const tile = index.getTile(zoom, x + dx, y + dy);
        return tile ? [[name, tile] as const] : [];
      });
      const data = gzipSync(fromGeojsonVt(Object.fromEntries(cut), { version: 2 }));
      return cut.length > 0 ? [{ id: zxyToTileId(zoom, x + dx, y + dy), data }] : [];
    }),
  );
  tiles.sort((a, b) => a.id - b.id);
  const root = gzipSync(directoryOf(tiles));
  const metadata = gzipSync('{}');
  const data = Buffer.concat(tiles.map((tile) => tile.data));
  const header = Buffer.alloc(127);
  header.write('PMTiles', 0, 'latin1');
  header[7] = 3;
  const sections = [127, root.length, 127 + root.length, metadata.length, 127 + root.length + metadata.length, 0];
  const whole = [
    ...sections,
    127 + root.length + metadata.length,
    data.length,
    tiles.length,
    tiles.length,
    tiles.length,
  ];
  for (const [at, value] of whole.entries()) header.writeBigUInt64LE(BigInt(value), 8 + at * 8);
  // Clustered; directories and tiles gzipped; vector tiles.
  for (const [at, value] of [1, 2, 2, 1, zoom, zoom].entries()) header[96 + at] = value;
  const bounds = [lng - 0.02, lat - 0.02, lng + 0.02, lat + 0.02];
  for (const [at, degrees] of bounds.entries()) header.writeInt32LE(Math.round(degrees * 1e7), 102 + at * 4);
  header[118] = zoom;
  for (const [at, degrees] of [lng, lat].entries()) header.writeInt32LE(Math.round(degrees * 1e7), 119 + at * 4);
  writeFileSync(file, Buffer.concat([header, root, metadata, data]));
}

/** How many, then ids as differences, run lengths, lengths, and places, each a column of its own; 0 as a place is "behind the one before". */
function directoryOf(tiles: readonly { id: number; data: Buffer }[]): Buffer {
  const ids = tiles.map(({ id }, at) => id - (tiles[at - 1]?.id ?? 0));
  const places = tiles.map((_tile, at) => (at === 0 ? 1 : 0));
  const lengths = tiles.map(({ data }) => data.length);
  return Buffer.from([tiles.length, ...ids, ...tiles.map(() => 1), ...lengths, ...places].flatMap(varint));
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
