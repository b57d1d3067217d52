import { beforeAll, describe, expect, it } from 'vitest';
import { generateTown } from '../../src/city/generate.js';
import { readCityFolder } from '../../src/city/read-folder.js';
import { distanceM } from '../../src/domain/geo.js';
import { createGazetteer } from '../../src/geocoding/gazetteer/index.js';
import type { AddressSuggestion, Suggester } from '../../src/geocoding/geocoder.js';
import { hasRealCity, REAL_CITY } from '../support/real-city.js';

const town = generateTown();
const gazetteer = createGazetteer(town);
const centre = { lat: -19.4624, lng: -44.2526 };
const suggest = (text: string, near: typeof centre | null = null) => gazetteer.suggest(text, near, 8);
const texts = (list: readonly AddressSuggestion[]) => [...new Set(list.map(({ text }) => text))];

describe('While an address is typed', () => {
  it.each([
    ['get', 'Avenida Getúlio Vargas'],
    ['getúlio v', 'Avenida Getúlio Vargas'],
    ['vargas', 'Avenida Getúlio Vargas'],
    ['Av. Getulio', 'Avenida Getúlio Vargas'],
    ['av vargas getu', 'Avenida Getúlio Vargas'],
    ['r sta edw', 'Rua Santa Edwiges'],
    ['edwig', 'Rua Santa Edwiges'],
    ['santa edvi', 'Rua Santa Edwiges'],
    ['santa edwgies', 'Rua Santa Edwiges'],
  ])('"%s" suggests the street %s', (typed, street) => {
    const [first] = suggest(typed);
    expect(first).toMatchObject({ kind: 'STREET', text: street });
  });

  it('suggests nothing before three letters, nor for a kind of street, a postal code or coordinates', () => {
    for (const typed of ['', 'ge', '12', 'rua', 'av', '32010-000', '-19.93, -44.05', '-19,93 -44,05'])
      expect(suggest(typed)).toEqual([]);
  });

  it('suggests a neighbourhood beside the streets that begin so', () => {
    const found = suggest('acác');
    expect(found[0]).toMatchObject({ kind: 'NEIGHBOURHOOD', text: 'Jardim das Acácias' });
    expect(texts(found)).toContain('Rua das Acácias');
  });

  it('suggests doors whose number begins as typed, the very number first, and tells each place apart', () => {
    const door = town.addresses.find(({ street, number }) => street === 'Avenida Getúlio Vargas' && number === 61);
    const [first, ...others] = suggest('getulio vargas 61');
    expect(first).toMatchObject({
      kind: 'DOOR',
      text: 'Avenida Getúlio Vargas, 61',
      location: { precision: 'NUMBER' },
    });
    if (door && first) expect(distanceM(first.location, door)).toBeLessThan(1);
    expect(first?.location.crossStreet).toMatch(/^(Rua|Avenida|Travessa) /);
    for (const { kind, text } of others) if (kind === 'DOOR') expect(text).toMatch(/, 61\d*$/);
    const all = suggest('getulio vargas 6');
    const places = all.map(({ text, location }) => `${text} ${location.neighbourhood} ${location.crossStreet}`);
    expect(new Set(places).size).toBe(all.length);
  });

  it.each(['getulio vargas 61A', 'getulio vargas n61', 'getulio vargas, nº 61', 'Av. Getulio Vargas nº61'])(
    '"%s" suggests the door 61',
    (typed) => {
      expect(suggest(typed)[0]).toMatchObject({ kind: 'DOOR', text: 'Avenida Getúlio Vargas, 61' });
    },
  );

  it.each(['getulio vargas, ap 61', 'getulio vargas ap61', 'getulio vargas t61'])(
    'takes what is no house number for none: %s',
    (typed) => {
      expect(suggest(typed).filter(({ kind }) => kind === 'DOOR')).toEqual([]);
    },
  );

  it('says by how much a number may be off that no door has', () => {
    const numbers = town.addresses
      .filter(({ street }) => street === 'Rua Santa Edwiges')
      .map(({ number }) => number ?? 0);
    const highest = Math.max(...numbers);
    const missing = Array.from({ length: highest }, (_, at) => at + 1).find(
      (one) => one > 10 && !numbers.some((number) => String(number).startsWith(String(one))),
    );
    const [first] = suggest(`santa edwiges, ${missing}`);
    expect(first).toMatchObject({ kind: 'DOOR', location: { precision: 'NUMBER_APPROXIMATE' } });
    expect(first?.location.accuracyM).toBeGreaterThan(10);
  });

  it('names the piece that is near the seller first', () => {
    const pieces = suggest('rua das acacias').filter(({ kind }) => kind === 'STREET');
    expect(pieces.length).toBeGreaterThan(1);
    expect(new Set(pieces.map(({ location }) => location.neighbourhood)).size).toBe(pieces.length);
    for (const { location } of pieces) {
      const [first] = suggest('rua das acacias', location).filter(({ kind }) => kind === 'STREET');
      expect(first?.location.neighbourhood).toBe(location.neighbourhood);
    }
  });

  it('is not held up by a text that is written to cost much', () => {
    const began = process.cpuUsage();
    for (const typed of ['a '.repeat(150), 'rua '.repeat(75), '1,'.repeat(150), 'santa '.repeat(50)]) suggest(typed);
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(100);
  });
});

const present = hasRealCity('suggestions are not timed on a real city');

describe.runIf(present)('While an address of a real city is typed', () => {
  let real: Suggester;
  let doors: { street: string; number: number | null }[];
  beforeAll(async () => {
    const city = await readCityFolder(REAL_CITY);
    doors = city.addresses.filter(({ number }) => number !== null);
    real = createGazetteer(city);
  }, 60_000);

  it('answers each key in less than 2 ms of processor time, and finds the street before it is written out', () => {
    const asked = doors.filter((_, index) => index % 1500 === 7).map(({ street, number }) => `${street}, ${number}`);
    let keys = 0;
    let found = 0;
    const began = process.cpuUsage();
    for (const address of asked) {
      for (let end = 1; end <= address.length; end += 1) real.suggest(address.slice(0, end), null, 6);
      keys += address.length;
    }
    const { user, system } = process.cpuUsage(began);
    const meanMs = (user + system) / 1000 / keys;
    for (const address of asked) {
      const [street = ''] = address.split(',');
      const begun = street.slice(0, Math.ceil(street.length * 0.8));
      if (real.suggest(begun, null, 6).length > 0) found += 1;
    }
    process.stdout.write(
      `suggestions on the real city: ${keys} keys, ${meanMs.toFixed(2)} ms of processor a key; ${found} of ${asked.length} streets by 80 % of their letters\n`,
    );
    expect(meanMs).toBeLessThan(2);
    expect(found / asked.length).toBeGreaterThan(0.97);
  });

  it('tells two doors of one address in one neighbourhood apart by the street at their corner', () => {
    const twins = real.suggest('rua refinaria manguinhos, 135', null, 8).filter(({ kind }) => kind === 'DOOR');
    expect(twins).toHaveLength(2);
    expect(new Set(twins.map(({ location }) => location.neighbourhood)).size).toBe(1);
    expect(new Set(twins.map(({ location }) => location.crossStreet)).size).toBe(2);
  });
});
