import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
    ['a latitude out of range', 'addresses.csv', `${ADDRESSES}Rua C,12,-44,-190\n`, 'row 4: latitude is "-190"'],
    [
      'many rows without a place',
      'addresses.csv',
      `${ADDRESSES}Rua C,12,,-19\n,12,-44,-19\n`,
      '2 of 4 rows lack street or position',
    ],
    [
      'latitude and longitude crosswise',
      'addresses.csv',
      'street,number,latitude,longitude\nRua A,1,-44.1,-19.9\nRua A,3,-44.1,-19.8\n',
      'wrong way round',
    ],
    [
      'doors far from each other',
      'addresses.csv',
      `${ADDRESSES}Rua C,1,-44,-3\nRua C,3,-44,-3.1\nRua D,1,-44.1,-19.9\n`,
      'row 4: -3, -44 lies far',
    ],
    [
      'a far corner of a neighbourhood',
      'neighbourhoods.geojson',
      NEIGHBOURHOODS.replace('[-44,-19]', '[0,0]'),
      'feature 1: position [0, 0] lies far',
    ],
    [
      'neighbourhoods without any name',
      'neighbourhoods.geojson',
      NEIGHBOURHOODS.replaceAll('"name"', '"id"'),
      'no feature has a name',
    ],
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

  const doors = async () =>
    (await readCityFolder(folder)).addresses.map(({ street, number, lat, lng }) => [street, number, lat, lng]);

  it.each([
    ['semicolons and decimal commas', 'logradouro;numero;latitude;longitude\nRua Maçã;5;-19,9;-44,1\n'],
    ['tabs', 'street\tnumber\tlat\tlng\nRua Maçã\t5\t-19.9\t-44.1\n'],
    ["OpenAddresses' names", 'LON,LAT,NUMBER,STREET,UNIT\n-44.1,-19.9,5,Rua Maçã,\n'],
    ['windows-1252', Buffer.from('street,number,longitude,latitude\nRua Ma\xe7\xe3,5,-44.1,-19.9\n', 'latin1')],
    [
      'UTF-16 of a spreadsheet',
      Buffer.from('\ufeffstreet,number,longitude,latitude\r\nRua Maçã,5,-44.1,-19.9\r\n', 'utf16le'),
    ],
    ['a mark of UTF-8', '\ufeffstreet,number,longitude,latitude\nRua Maçã,5,-44.1,-19.9\n'],
  ])('reads doors with %s', async (_, content) => {
    await put('addresses.csv', content);
    expect(await doors()).toEqual([['Rua Maçã', 5, -19.9, -44.1]]);
  });

  it.each([
    ['55A', 55],
    ['55-57', 55],
    ['55.0', 55],
    ['1.255', 1255],
    ['nº 55', 55],
    ['S/N', null],
    ['LT 12', null],
    ['', null],
  ])('takes the house number %j for %j', async (written, number) => {
    await put('addresses.csv', `street,number,longitude,latitude\nRua A,${written},-44.1,-19.9\n`);
    expect((await doors())[0]?.[1]).toBe(number);
  });

  it('leaves out and counts a few odd rows and features, and keeps the postal code', async () => {
    const many = Array.from({ length: 40 }, (_, at) => `Rua A,${at + 1},-44.1,-19.9,3204111${at % 10}`).join('\n');
    const odd =
      'Rua A,1,NULL,NULL,\nRua A,1,0,0,\n,7,-44.1,-19.9,\nRua A,1,-44.1,19.9,\nSítio "Boa Vista",2,-44.1,-19.9,\n';
    await put('addresses.csv', `street,number,longitude,latitude,cep\n${many}\n${odd}`);
    const features = [
      {
        type: 'Feature',
        properties: { NOME: 'Rua A' },
        geometry: {
          type: 'LineString',
          coordinates: [
            [-44.1, -19.9],
            [-44.2, -19.8],
          ],
        },
      },
      { type: 'Feature', properties: {}, geometry: null },
      { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [-44.1, -19.9] } },
      { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [] } },
    ];
    await put('streets.geojson', `\ufeff${features.map((feature) => JSON.stringify(feature)).join('\n')}\n`);
    const city = await readCityFolder(folder);
    expect([city.addresses.length, city.addresses.at(-1)?.street, city.streets[0]?.name]).toEqual([
      41,
      'Sítio "Boa Vista"',
      'Rua A',
    ]);
    expect(city.addresses[3]?.cep).toBe('32041113');
    expect(city.notes).toEqual([
      'addresses.csv: 2 left out (without position)',
      'addresses.csv: 1 left out (without street)',
      'addresses.csv: 1 left out (far from all others)',
      'streets.geojson: 2 left out (without geometry)',
      'streets.geojson: 1 left out (Point)',
      expect.stringMatching(/^no city\.json: taken for Vila das Flores/),
    ]);
  });

  it.each([
    ['americana', 'Americana', 'SP'],
    ['3118601', 'Contagem', 'MG'],
    ['santa-barbara-doeste', "Santa Bárbara d'Oeste", 'SP'],
  ])('knows the municipality that the folder %s is called after', async (name, city, state) => {
    const named = join(folder, name);
    await mkdir(named);
    for (const file of ['addresses.csv', 'streets.geojson', 'neighbourhoods.geojson'])
      await copyFile(join(folder, file), join(named, file));
    expect(await readCityFolder(named)).toMatchObject({ name: city, state, notes: [] });
  });
});
