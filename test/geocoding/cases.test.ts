import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AddressPoint, City } from '../../src/city/city.js';
import { indexNeighbourhoods } from '../../src/city/neighbourhood-index.js';
import { readCityFolder } from '../../src/city/read-folder.js';
import { distanceM } from '../../src/domain/geo.js';
import { createGazetteer } from '../../src/geocoding/gazetteer/index.js';
import type { AddressQuery } from '../../src/geocoding/geocoder.js';
import { available } from '../support/available.js';
import { cityFolderOf } from '../support/towns.js';
import { readCases, type Scored, score } from './cases/score.js';

/** As `npm run bench:addresses` asks for. */
const FOUND_AT_LEAST = 0.97;

describe.each([...readCases()])('Addresses as people write them, of %s', (town, cases) => {
  const folder = cityFolderOf(town);
  const present = available(folder !== null, `the data of ${town} do not lie beside this repository`);

  it.runIf(present)('are hardly ever missed, and never taken for another place', async () => {
    const city = await readCityFolder(folder ?? '');
    const scored = await score(cases, city, createGazetteer(city));
    expect(marked(scored, 'wrong')).toEqual([]);
    const missed = marked(scored, 'missed');
    expect(1 - missed.length / scored.length, missed.join('\n')).toBeGreaterThanOrEqual(FOUND_AT_LEAST - 0.01);
  });
});

function marked(scored: readonly Scored[], mark: Scored['mark']): string[] {
  return scored
    .filter((one) => one.mark === mark)
    .map(({ one, answer }) => `${one.address} → ${JSON.stringify(answer)}`);
}

/** How much a way of writing an address takes from another. */
const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const withoutAccents = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '');
const habits = fc.record({
  letters: pick(
    (text: string) => text,
    (text: string) => text.toUpperCase(),
    (text: string) => text.toLowerCase(),
    withoutAccents,
  ),
  type: pick((street: string) => street, abbreviated),
  number: pick(', ', ' ', ', nº ', ' nº', ', n° ', ' N. ', ',', ' - ', ', número '),
  unit: pick('', ', apto 301', ' casa 2', ' bl 3 ap 102', ', fundos', ', Qd12 Lt20', ' - loja 4', ' (portão verde)'),
  before: pick('', 'Endereço: ', 'End.: ', '  ', '\ufeff'),
  behind: pick(' - ', ', ', '\n', ', bairro ', ' – '),
  town: pick(
    (town: string) => `, ${town}`,
    (town: string) => ` - ${town}/MG`,
    () => '',
    (town: string) => `, ${town} - MG, 35700-000, Brasil`,
  ),
  spaces: pick(' ', '  ', '\u00a0'),
});

function abbreviated(street: string): string {
  const short: Record<string, string> = {
    Rua: 'R.',
    Avenida: 'Av.',
    'Av.': 'Avenida',
    Estrada: 'Estr.',
    Rodovia: 'Rod.',
  };
  return street.replace(/^\S+/, (type) => short[type] ?? type);
}

describe('However an address is written', async () => {
  const city: City = await readCityFolder(cityFolderOf('entroncamento-velho') ?? '');
  const gazetteer = createGazetteer(city);
  const index = indexNeighbourhoods(city.neighbourhoods);
  const doors = city.addresses.filter((door) => door.number !== null && index.at(door) !== null);
  const locate = async (query: AddressQuery, door: AddressPoint) => {
    const answer = await gazetteer.geocode(query);
    return answer.kind === 'found' ? distanceM(answer.location, door) : answer;
  };

  it('is the same place, in one line', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...doors), habits, async (door, habit) => {
        const place = index.at(door)?.name ?? '';
        const street = habit.type(door.street);
        const line = `${street}${habit.number}${door.number}${habit.unit}${habit.behind}${place}${habit.town(city.name)}`;
        const text = habit.before + habit.letters(line).replaceAll(' ', habit.spaces);
        expect(await locate({ text }, door), text).toBeLessThan(1);
      }),
      { numRuns: 400 },
    );
  });

  it('is the same place, in the fields of an ERP', async () => {
    const number = pick(
      (n: number | null) => `${n}`,
      (n: number | null) => ` ${n} `,
      (n: number | null) => `${n}-A`,
      (n: number | null) => `nº ${n}`,
      (n: number | null) => `${n}/301`,
      (n: number | null) => `${n} AP 301`,
      (n: number | null) => `QD 5 LT 12 nº ${n}`,
      (n: number | null) => `0${n}`,
    );
    const town = pick(
      'Entroncamento Velho',
      'ENTRONCAMENTO VELHO/MG',
      'Entroncamento Velho (MG)',
      'Município de Entroncamento Velho',
    );
    const state = pick('MG', 'mg', '31', 'Minas Gerais', undefined);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...doors),
        habits,
        number,
        town,
        state,
        async (door, habit, written, named, uf) => {
          const parts = {
            street: habit.before + habit.letters(habit.type(door.street)),
            number: written(door.number),
            neighbourhood: index.at(door)?.name,
            city: named,
            state: uf,
          };
          expect(await locate({ parts }, door), JSON.stringify(parts)).toBeLessThan(1);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is no house where only a flat, a plot, a block or a kilometre is numbered', async () => {
    const unit = fc.tuple(
      pick('AP', 'apto', 'Lote', 'LT', 'QD', 'Quadra', 'casa', 'BL', 'km', 'KM', 'Sala', 'Loja', 'Box'),
      pick(' ', '. ', ''),
      fc.nat(600),
      pick('', 'A', ',5'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...doors),
        unit,
        pick('text', 'parts'),
        async (door, [word, gap, value, end], as) => {
          const written = `${word}${gap}${value}${word.toLowerCase() === 'km' ? end : end.replace(',5', '')}`;
          const query =
            as === 'text'
              ? { text: `${door.street}, ${written}` }
              : { parts: { street: door.street, number: written } };
          const answer = await gazetteer.geocode(query);
          const places =
            answer.kind === 'found' ? [answer.location] : answer.kind === 'ambiguous' ? answer.candidates : [];
          expect(
            places.map(({ precision }) => precision),
            `${door.street}, ${written}`,
          ).not.toContain('NUMBER');
          expect(places.every(({ precision }) => precision === 'STREET')).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('What the Correios write behind a street', () => {
  it.each(['- até 300', '- até 300 - lado ímpar', '- de 10 a 300/301', '- de 10 ao fim - lado par', '- lado ímpar'])(
    '%s, is no part of the place',
    async (range) => {
      const gazetteer = createGazetteer(await readCityFolder(cityFolderOf('olho-dagua-do-oeste') ?? ''));
      const plain = await gazetteer.geocode({ text: "Rua Gota d'Água, 31" });
      expect(plain).toMatchObject({ kind: 'found', location: { precision: 'NUMBER' } });
      expect(await gazetteer.geocode({ text: `Rua Gota d'Água ${range}, 31` })).toEqual(plain);
      const inParts = { street: `Rua Gota d'Água ${range}`, number: '31' };
      expect(await gazetteer.geocode({ parts: inParts })).toEqual(plain);
    },
  );
});
