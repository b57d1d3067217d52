import { describe, expect, it } from 'vitest';
import type { LatLng } from '../../src/city/city.js';
import { generateCity, generateTown } from '../../src/city/generate.js';
import { indexNeighbourhoods } from '../../src/city/neighbourhood-index.js';
import { distanceM, pathLengthM } from '../../src/domain/geo.js';

const town = generateTown();
const key = ({ lat, lng }: LatLng) => `${lat},${lng}`;
const doorsOf = (street: string) => town.addresses.filter((door) => door.street === street);

describe('The generated town', () => {
  it('is the same every time, and another one for another seed', () => {
    expect(generateTown()).toEqual(town);
    expect(generateTown({ seed: 2 }).addresses).not.toEqual(town.addresses);
  });

  it('has the size of a small town', () => {
    const names = new Set(town.streets.map(({ name }) => name));
    expect(names.size).toBeGreaterThanOrEqual(50);
    expect(names.size).toBeLessThanOrEqual(70);
    expect(town.addresses.length).toBeGreaterThan(2000);
    expect(town.addresses.length).toBeLessThan(4000);
    expect(town.neighbourhoods.length).toBeGreaterThanOrEqual(4);
    expect(town.state).toBe('MG');
  });

  it('has streets of every common type, and doors on each street', () => {
    const types = new Set(town.streets.map(({ name }) => name?.split(' ')[0]));
    expect([...types].sort()).toEqual(['Alameda', 'Avenida', 'Praça', 'Rua', 'Travessa']);
    const withDoors = new Set(town.addresses.map(({ street }) => street));
    expect(town.streets.filter(({ name }) => name && !withDoors.has(name))).toEqual([]);
  });

  it('numbers even doors on one side and odd ones on the other, rising along the street', () => {
    const doors = doorsOf('Avenida Brasil').filter(({ number }) => number !== null);
    const [first] = town.streets.filter(({ name }) => name === 'Avenida Brasil');
    const start = first?.path[0] ?? { lat: 0, lng: 0 };
    for (const parity of [0, 1]) {
      const oneSide = doors.filter(({ number }) => Number(number) % 2 === parity);
      expect(oneSide.length).toBeGreaterThan(20);
      const numbers = oneSide.map(({ number }) => number);
      expect(new Set(numbers).size).toBe(numbers.length);
      const byDistance = [...oneSide].sort((a, b) => distanceM(start, a) - distanceM(start, b));
      expect(byDistance.map(({ number }) => number)).toEqual([...numbers].sort((a, b) => Number(a) - Number(b)));
    }
  });

  it('has a postal code for each street, and two for a name in two places', () => {
    const codesOf = (street: string) => new Set(doorsOf(street).map(({ cep }) => cep));
    const codes = new Set(town.addresses.map(({ cep }) => cep));
    expect(codes.size).toBe(68);
    for (const code of codes) expect(code).toMatch(/^35709\d{3}$/);
    expect([codesOf('Avenida Brasil').size, codesOf('Rua das Acácias').size]).toEqual([1, 2]);
  });

  it('leaves a few doors without number', () => {
    const share = town.addresses.filter(({ number }) => number === null).length / town.addresses.length;
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.1);
  });

  it('uses one street name in two neighbourhoods far apart', () => {
    const index = indexNeighbourhoods(town.neighbourhoods);
    const acacias = doorsOf('Rua das Acácias');
    const places = Map.groupBy(acacias, (door) => index.at(door)?.name);
    const [a, b] = [...places.values()].filter((doors) => doors.length > 10);
    expect(a?.[0] && b?.[0] && distanceM(a[0], b[0])).toBeGreaterThan(350);
    expect(new Set(places.keys())).toEqual(new Set(['Jardim das Acácias', 'São José do Cercado']));
  });

  it('joins every street to the others through shared end points', () => {
    const linked = new Map<string, string[]>();
    for (const { path } of town.streets) {
      const [from, to] = [path[0], path.at(-1)].map((end) => key(end ?? { lat: 0, lng: 0 }));
      if (!from || !to) continue;
      linked.set(from, [...(linked.get(from) ?? []), to]);
      linked.set(to, [...(linked.get(to) ?? []), from]);
    }
    const reached = new Set<string>();
    const open = [...linked.keys()].slice(0, 1);
    for (let next = open.pop(); next; next = open.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      open.push(...(linked.get(next) ?? []));
    }
    expect(reached.size).toBe(linked.size);
    const lengths = town.streets.map(({ path }) => pathLengthM(path));
    expect(Math.min(...lengths)).toBeGreaterThan(40);
    expect(Math.max(...lengths)).toBeLessThan(160);
  });

  it('has every door in a neighbourhood', () => {
    const index = indexNeighbourhoods(town.neighbourhoods);
    expect(town.addresses.filter((door) => !index.at(door))).toEqual([]);
    for (const { polygons } of town.neighbourhoods) {
      const ring = polygons[0]?.[0] ?? [];
      expect(ring[0]).toEqual(ring.at(-1));
    }
  });
});

describe('A generated city', () => {
  it('is of many districts, apart from each other, whose streets nobody confuses; the first is the town', () => {
    const city = generateCity('city');
    expect(city.addresses.slice(0, town.addresses.length)).toEqual(town.addresses);
    const other = city.addresses.slice(town.addresses.length);
    const own = new Set(town.streets.map(({ name }) => name));
    expect(other.length).toBeGreaterThan(30 * town.addresses.length);
    expect(other.filter(({ street }) => own.has(street))).toEqual([]);
    const names = city.neighbourhoods.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const index = indexNeighbourhoods(city.neighbourhoods);
    const sample = city.addresses.filter((_, at) => at % 500 === 0);
    expect(sample.filter((door) => !index.at(door))).toEqual([]);
  });
});
