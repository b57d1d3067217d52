import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCityFolder } from '../../src/city/read-folder.js';

const STREETS = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { name: 'Rua A' },
      geometry: {
        type: 'LineString',
        coordinates: [
          [-44.1, -19.9],
          [-44.2, -19.8],
        ],
      },
    },
    {
      type: 'Feature',
      properties: {},
      geometry: {
        type: 'LineString',
        coordinates: [
          [-44.1, -19.9],
          [-44.2, -19.8],
        ],
      },
    },
  ],
});
const SQUARE = [
  [-44, -20],
  [-44, -19],
  [-45, -19],
  [-44, -20],
];
const NEIGHBOURHOODS = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    { type: 'Feature', properties: { name: 'Centro' }, geometry: { type: 'Polygon', coordinates: [SQUARE] } },
    { type: 'Feature', properties: { name: 'Norte' }, geometry: { type: 'MultiPolygon', coordinates: [[SQUARE]] } },
  ],
});
const ADDRESSES = 'street,number,longitude,latitude\nRua A,12,-44.1,-19.9\n"Rua B, fundos",0,-44.2,-19.8\n';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vila-das-flores-'));
  await put('addresses.csv', ADDRESSES);
  await put('streets.geojson', STREETS);
  await put('neighbourhoods.geojson', NEIGHBOURHOODS);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (name: string, content: string | Buffer) => writeFile(join(folder, name), content);
const refusal = () =>
  readCityFolder(folder).then(
    () => 'accepted',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

describe('readCityFolder', () => {
  it('reads doors, streets and neighbourhoods', async () => {
    const city = await readCityFolder(folder);
    expect(city.addresses).toEqual([
      { street: 'Rua A', number: 12, lat: -19.9, lng: -44.1 },
      { street: 'Rua B, fundos', number: null, lat: -19.8, lng: -44.2 },
    ]);
    expect(city.streets.map(({ name }) => name)).toEqual(['Rua A', null]);
    expect(city.streets[0]?.path[1]).toEqual({ lat: -19.8, lng: -44.2 });
    expect(city.neighbourhoods.map(({ name, polygons }) => [name, polygons.length])).toEqual([
      ['Centro', 1],
      ['Norte', 1],
    ]);
  });

  it('reads packed files and columns in any order', async () => {
    await rm(join(folder, 'addresses.csv'));
    await put('addresses.csv.gz', gzipSync('id,latitude,longitude,number,street\n7,-19.9,-44.1,3,Rua C\n'));
    const { addresses } = await readCityFolder(folder);
    expect(addresses).toEqual([{ street: 'Rua C', number: 3, lat: -19.9, lng: -44.1 }]);
  });

  it('takes name and state from city.json, and the name from the folder without one', async () => {
    const unnamed = await readCityFolder(folder);
    expect(unnamed.name).toMatch(/^Vila das Flores/);
    expect(unnamed.state).toBe('MG');
    await put('city.json', '{"name":"Santo Antônio","state":"SP"}');
    expect(await readCityFolder(folder)).toMatchObject({ name: 'Santo Antônio', state: 'SP' });
  });

  it.each([
    ['a number that is none', 'addresses.csv', `${ADDRESSES}Rua C,12a,-44,-19\n`, 'row 4: number is "12a"'],
    ['a latitude out of range', 'addresses.csv', `${ADDRESSES}Rua C,12,-44,-190\n`, 'row 4: latitude is "-190"'],
    ['a missing longitude', 'addresses.csv', `${ADDRESSES}Rua C,12,,-19\n`, 'row 4: longitude is ""'],
    ['an empty street', 'addresses.csv', `${ADDRESSES},12,-44,-19\n`, 'row 4: street is empty'],
    ['a row that is too short', 'addresses.csv', `${ADDRESSES}Rua C,12\n`, 'line 4'],
    ['a header without number', 'addresses.csv', 'street,longitude,latitude\n', 'row 1: the header lacks number'],
    ['an empty file', 'addresses.csv', '', 'row 1: the header lacks street, number, longitude, latitude'],
    ['streets that are not JSON', 'streets.geojson', '{', 'is not JSON'],
    ['streets without features', 'streets.geojson', '{}', 'is not a GeoJSON FeatureCollection'],
    ['a polygon among streets', 'streets.geojson', NEIGHBOURHOODS, 'feature 1: geometry is "Polygon"'],
    ['a line among neighbourhoods', 'neighbourhoods.geojson', STREETS, 'feature 1: geometry is "LineString"'],
    ['a broken city.json', 'city.json', '{"state":"SP"}', 'name is missing'],
  ])('refuses %s and says where', async (_what, file, content, problem) => {
    await put(file, content);
    const message = await refusal();
    expect(message).toContain(file);
    expect(message).toContain(problem);
  });

  it('names the file that is not there, and a gzip file that is cut', async () => {
    await rm(join(folder, 'addresses.csv'));
    expect(await refusal()).toMatch(/^addresses\.csv: neither addresses\.csv nor addresses\.csv\.gz is in /);
    await put('addresses.csv.gz', gzipSync(ADDRESSES).subarray(0, 30));
    expect(await refusal()).toBe('addresses.csv.gz: is not a whole gzip file');
    await expect(readCityFolder(join(folder, 'nowhere'))).rejects.toThrow('is not a folder');
  });
});
