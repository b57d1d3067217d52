import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCnefe } from '../../src/city/cnefe.js';
import { readCityFolder } from '../../src/city/read-folder.js';
import { distanceM } from '../../src/domain/geo.js';
import { createGazetteer } from '../../src/geocoding/gazetteer/index.js';

const HEADER =
  'COD_UNICO_ENDERECO;COD_UF;COD_MUNICIPIO;CEP;DSC_LOCALIDADE;NOM_TIPO_SEGLOGR;NOM_TITULO_SEGLOGR;NOM_SEGLOGR;NUM_ENDERECO;DSC_MODIFICADOR;NOM_COMP_ELEM1;VAL_COMP_ELEM1;LATITUDE;LONGITUDE;NV_GEO_COORD;COD_ESPECIE';
const SABARA = '3156700';
let id = 0;
const row = (changes: Record<string, string | number> = {}) => {
  const values: Record<string, string | number> = {
    COD_UF: 31,
    COD_MUNICIPIO: SABARA,
    CEP: 34505110,
    DSC_LOCALIDADE: 'CENTRO',
    NOM_TIPO_SEGLOGR: 'RUA',
    NOM_SEGLOGR: 'DAS MINAS',
    NV_GEO_COORD: 1,
    COD_ESPECIE: 1,
    ...changes,
  };
  id += 1;
  return HEADER.split(';')
    .map((name) => (name === 'COD_UNICO_ENDERECO' ? id : (values[name] ?? '')))
    .join(';');
};
const door = (at: number, changes: Record<string, string | number> = {}) =>
  row({
    NUM_ENDERECO: 10 + 12 * at,
    LATITUDE: (-19.88 - at * 0.0001).toFixed(6),
    LONGITUDE: (-43.8 + (at % 2) * 0.0002).toFixed(6),
    ...changes,
  });
const crossing = (at: number) =>
  door(at, {
    NOM_TITULO_SEGLOGR: 'DOUTOR',
    NOM_SEGLOGR: 'NÉRI PASSOS',
    CEP: '',
    DSC_LOCALIDADE: 'ADELMOLÂNDIA',
    LATITUDE: -19.89,
    LONGITUDE: (-43.79 + at * 0.0001).toFixed(6),
  });
const CSV = [
  `\ufeff${HEADER}`,
  ...Array.from({ length: 30 }, (_, at) => door(at)),
  ...Array.from({ length: 30 }, (_, at) => crossing(at)),
  door(3, { NOM_COMP_ELEM1: 'APARTAMENTO', VAL_COMP_ELEM1: 101 }),
  door(3, { NOM_COMP_ELEM1: 'APARTAMENTO', VAL_COMP_ELEM1: 102 }),
  door(5, { DSC_MODIFICADOR: 'SN', NUM_ENDERECO: 0 }),
  door(7, { LATITUDE: '', LONGITUDE: '' }),
  door(8, { COD_MUNICIPIO: 3118601 }),
].join('\n');

async function* pieces(text: string) {
  for (let at = 0; at < text.length; at += 1_000) yield text.slice(at, at + 1_000);
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cnefe-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('A municipality in the register of addresses', () => {
  it('has each door once, and only its own', async () => {
    const { city, rows, leftOut } = await readCnefe(pieces(CSV), SABARA);
    expect([city.name, city.state, rows, leftOut]).toEqual(['Sabará', 'MG', 64, 1]);
    expect(city.addresses).toHaveLength(61);
    expect(city.addresses[0]).toEqual({
      street: 'RUA DAS MINAS',
      number: 10,
      lat: -19.88,
      lng: -43.8,
      cep: '34505110',
    });
    expect(city.addresses[30]).toMatchObject({ street: 'RUA DOUTOR NÉRI PASSOS', number: 10 });
    expect(city.addresses.filter(({ number }) => number === null)).toHaveLength(1);
  });

  it('has its streets drawn through their doors, and its localities around them', async () => {
    const { city } = await readCnefe(pieces(CSV), SABARA);
    expect(city.streets.map(({ name }) => name)).toEqual(['RUA DAS MINAS', 'RUA DOUTOR NÉRI PASSOS']);
    for (const { name, path } of city.streets)
      for (const one of city.addresses.filter(({ street }) => street === name))
        expect(Math.min(...path.map((corner) => distanceM(corner, one)))).toBeLessThan(45);
    expect(city.neighbourhoods.map(({ name }) => name)).toEqual(['CENTRO', 'ADELMOLÂNDIA']);
  });

  it.each([
    [
      'another file',
      'street;number\nRua A;1\n',
      SABARA,
      /header lacks COD_MUNICIPIO, NOM_SEGLOGR, NUM_ENDERECO, LATITUDE, LONGITUDE/,
    ],
    ['no address of it', CSV, '3106200', /no address of Belo Horizonte/],
    ['a code that is none', CSV, '99', /99 is no municipality/],
  ])('is refused with %s', async (_, text, code, message) => {
    await expect(readCnefe(pieces(text), code)).rejects.toThrow(message);
  });

  it('becomes a folder that addresses are found in', async () => {
    const file = join(folder, 'cnefe.csv.gz');
    await writeFile(file, gzipSync(CSV));
    const out = join(folder, 'sabara');
    const root = resolve(import.meta.dirname, '../..');
    const flags = ['--experimental-transform-types', '--no-warnings', '--import', './test/emulator/run-typescript.mjs'];
    const args = ['src/city/cnefe-main.ts', '--cnefe', file, '--municipality', SABARA, '--out', out];
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, ...args], { cwd: root });
    expect(stdout).toContain('Sabará - MG, 61 doors of 64 rows');
    const city = await readCityFolder(out);
    expect([city.notes, city.name, city.state]).toEqual([[], 'Sabará', 'MG']);
    const gazetteer = createGazetteer(city);
    for (const text of ['R. Dr. Neri Passos, 34 - Sabará/MG', 'Rua das Minas nº 46, apto 102, 34505-110'])
      expect(await gazetteer.geocode({ text })).toMatchObject({ kind: 'found', location: { precision: 'NUMBER' } });
  });
});
