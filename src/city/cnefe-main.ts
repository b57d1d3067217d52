import { createReadStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { needsNode } from '../errors/node-version.js';
import type { City, LatLng } from './city.js';

const USAGE = 'npm run gazetteer:build -- --cnefe <file.csv[.gz]> --municipality <IBGE, 7 digits> [--out <folder>]';

/** Makes a folder for GAZETTEER_DIR from IBGE's register of addresses. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { cnefe: { type: 'string' }, municipality: { type: 'string' }, out: { type: 'string' } },
  });
  if (!values.cnefe || !values.municipality) throw new Error(USAGE);
  const file = createReadStream(values.cnefe);
  const packed = values.cnefe.endsWith('.gz');
  const { readCnefe } = await import('./cnefe.js');
  const { city, rows, leftOut } = await readCnefe(packed ? file.pipe(createGunzip()) : file, values.municipality);
  const folder = values.out ?? join('gazetteer', values.municipality);
  await writeFolder(folder, city);
  process.stdout.write(
    `${folder}: ${city.name} - ${city.state}, ${city.addresses.length} doors of ${rows} rows (${leftOut} without street or position), ` +
      `${city.streets.length} pieces of streets, ${city.neighbourhoods.length} neighbourhoods\n`,
  );
}

async function writeFolder(folder: string, city: City): Promise<void> {
  await mkdir(folder, { recursive: true });
  const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const doors = city.addresses.map(({ street, number, lat, lng, cep }) =>
    [quoted(street), number ?? 0, lng, lat, cep ?? ''].join(','),
  );
  const position = ({ lat, lng }: LatLng) => [lng, lat];
  const features = (list: { name: string | null; type: string; coordinates: unknown }[]) =>
    JSON.stringify({
      type: 'FeatureCollection',
      features: list.map(({ name, type, coordinates }) => ({
        type: 'Feature',
        properties: { name },
        geometry: { type, coordinates },
      })),
    });
  const streets = city.streets.map(({ name, path }) => ({ name, type: 'LineString', coordinates: path.map(position) }));
  const neighbourhoods = city.neighbourhoods.map(({ name, polygons }) => ({
    name,
    type: 'MultiPolygon',
    coordinates: polygons.map((polygon) => polygon.map((ring) => ring.map(position))),
  }));
  await Promise.all([
    writeFile(join(folder, 'addresses.csv'), `street,number,longitude,latitude,cep\n${doors.join('\n')}\n`),
    writeFile(join(folder, 'streets.geojson'), features(streets)),
    writeFile(join(folder, 'neighbourhoods.geojson'), features(neighbourhoods)),
    writeFile(join(folder, 'city.json'), `${JSON.stringify({ name: city.name, state: city.state })}\n`),
  ]);
}

needsNode();
main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
