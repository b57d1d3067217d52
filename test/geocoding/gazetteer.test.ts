import { describe, expect, it } from 'vitest';
import type { City } from '../../src/city/city.js';
import { generateTown } from '../../src/city/generate.js';
import { indexNeighbourhoods } from '../../src/city/neighbourhood-index.js';
import { distanceM } from '../../src/domain/geo.js';
import { createGazetteer } from '../../src/geocoding/gazetteer/index.js';
import type { AddressQuery, GeocodedLocation } from '../../src/geocoding/geocoder.js';

const town = generateTown();
const gazetteer = createGazetteer(town);
const index = indexNeighbourhoods(town.neighbourhoods);

/** A door of the town, by street and by the order of its numbers. */
function door(street: string, at = 10, neighbourhood?: string) {
  const doors = town.addresses
    .filter((one) => one.street === street && one.number !== null)
    .filter((one) => neighbourhood === undefined || index.at(one)?.name === neighbourhood)
    .sort((a, b) => Number(a.number) - Number(b.number));
  const found = doors[at];
  if (!found) throw new Error(`${street} has no such door`);
  return found;
}

async function locate(query: AddressQuery | string): Promise<GeocodedLocation> {
  const answer = await gazetteer.geocode(typeof query === 'string' ? { text: query } : query);
  if (answer.kind !== 'found') throw new Error(`${JSON.stringify(query)} is ${JSON.stringify(answer)}`);
  return answer.location;
}
const kindOf = async (text: string) => (await gazetteer.geocode({ text })).kind;
const candidatesOf = async (query: AddressQuery) => {
  const answer = await gazetteer.geocode(query);
  return answer.kind === 'ambiguous' ? answer.candidates : answer;
};

describe('The gazetteer finds a known door', () => {
  const edwiges = door('Rua Santa Edwiges');
  const n = edwiges.number;

  it.each([
    `Rua Santa Edwiges, ${n}`,
    `Rua Santa Edwiges, ${n} - Centro, Vila das Fibras - MG`,
    `Rua Santa Edwiges, ${n} - Centro, Vila das Fibras/MG, 35700-123, Brasil`,
    `RUA SANTA EDWIGES ${n}`,
    `santa edwiges ${n}`,
    `r. sta. edwiges nº ${n}`,
    `R Sta Edviges ${n} apto 301`,
    `Rua Santa Edwiges, ${n}, casa 2, Centro`,
    `Rua Santa Edwiges ${n} bloco B apartamento 12 centro`,
    `Rua Santa Edwiges ${n} fundos`,
    `${n} Rua Santa Edwiges`,
    `${n}, Rua Santa Edwiges, Centro`,
    `Centro, Rua Santa Edwiges, ${n}`,
    `Rua Santa Edwiges ${n} Centro Vila das Fibras MG`,
    `Rua Santa Edwgies, ${n}`,
    `Rua Santa Edviges, ${n} (portão azul)`,
  ])('written as "%s"', async (text) => {
    const location = await locate(text);
    expect(location).toMatchObject({ precision: 'NUMBER', neighbourhood: 'Centro', provider: 'gazetteer' });
    expect(location.formattedAddress).toBe(`Rua Santa Edwiges, ${n} - Centro, Vila das Fibras - MG`);
    expect(distanceM(location, edwiges)).toBeLessThan(1);
    expect(location.accuracyM).toBeLessThanOrEqual(15);
  });

  it.each([
    ['Avenida Getúlio Vargas', 'Av. Getulio Vargas'],
    ['Rua Coronel Fabriciano', 'R. Cel. Fabriciano'],
    ['Rua Nossa Senhora da Conceição', 'Rua N. Sra. da Conceicao'],
    ['Rua Quinze de Novembro', 'rua 15 de novembro'],
    ['Rua Sete de Setembro', 'Rua 7 de Setembro'],
    ['Alameda dos Jacarandás', 'Al. Jacarandas'],
    ['Travessa do Rosário', 'Trav. do Rosario'],
    ['Praça da Matriz', 'Pça da Matriz'],
    ['Rua Padre Eustáquio', 'r pe eustaquio'],
    ['Rua São João del Rei', 'Rua S. João Del Rey'],
  ])('of %s, written as %s', async (street, written) => {
    const known = door(street, 3);
    const location = await locate(`${written}, ${known.number}`);
    expect(location.precision).toBe('NUMBER');
    expect(distanceM(location, known)).toBeLessThan(1);
  });

  it('in parts, with the number in any of the forms that an ERP holds', async () => {
    for (const number of [`${n}`, ` ${n} `, `${n}-A`, `nº ${n}`]) {
      const parts = { street: 'Rua Santa Edwiges', number, complement: 'apto 4', city: 'VILA DAS FIBRAS', state: 'mg' };
      expect(distanceM(await locate({ parts }), edwiges)).toBeLessThan(1);
    }
  });
});

describe('A street', () => {
  it('is called as most of its doors have it, with a space where a dot ends a word', async () => {
    const [at] = town.addresses;
    const doors = ['Rua BROMELIAS', 'Rua DAS BROMELIAS', 'Rua DAS BROMELIAS', 'Rua MAJ.ABEL TORRES'].map(
      (street, index) => ({ lat: at?.lat ?? 0, lng: at?.lng ?? 0, street, number: 10 + 2 * index }),
    );
    const withThem = createGazetteer({ ...town, addresses: [...town.addresses, ...doors] });
    const called = async (text: string) => {
      const answer = await withThem.geocode({ text });
      return answer.kind === 'found' ? answer.location.formattedAddress?.split(' - ')[0] : answer;
    };
    expect(await called('Rua Bromélias, 10')).toBe('Rua das Bromelias, 10');
    expect(await called('Rua Major Abel Torres, 16')).toBe('Rua Maj. Abel Torres, 16');
  });
});

describe('The gazetteer, where a name stands for several places', () => {
  const tiradentes = ['Centro', 'Vila Nova'] as const;

  it('answers a candidate in each neighbourhood', async () => {
    const number = String(door('Rua Tiradentes', 5, 'Centro').number);
    const candidates = await candidatesOf({ parts: { street: 'Rua Tiradentes', number } });
    expect(candidates).toHaveLength(2);
    expect(new Set((candidates as GeocodedLocation[]).map(({ neighbourhood }) => neighbourhood))).toEqual(
      new Set(tiradentes),
    );
  });

  it.each(tiradentes)('answers the one in %s when that is named, in a part or in the text', async (neighbourhood) => {
    const known = door('Rua Tiradentes', 5, neighbourhood);
    const parts = { street: 'Rua Tiradentes', number: String(known.number), neighbourhood };
    expect(distanceM(await locate({ parts }), known)).toBeLessThan(1);
    expect(distanceM(await locate(`r tiradentes ${known.number} ${neighbourhood}`), known)).toBeLessThan(1);
    expect(await locate(`Rua Tiradentes - ${neighbourhood}`)).toMatchObject({ precision: 'STREET', neighbourhood });
  });

  it('asks back when the street is not in the neighbourhood that was named', async () => {
    const far = await candidatesOf({
      parts: { street: 'Rua Rui Barbosa', number: '100', neighbourhood: 'São José do Cercado' },
    });
    const near = await locate({ parts: { street: 'Rua Rui Barbosa', number: '100' } });
    expect(far).toMatchObject([{ neighbourhood: 'Centro', lat: near.lat, lng: near.lng }]);
  });

  it('asks back when the data have the very door twice, however unlikely one of them looks', async () => {
    const known = door('Rua Padre Eustáquio', 6);
    const [twin, ...rest] = town.addresses.filter(
      (one) => one.street === known.street && one !== known && distanceM(one, known) > 120,
    );
    if (!twin) throw new Error('no other door');
    const doubled = { ...twin, number: known.number };
    const addresses = [...town.addresses.filter((one) => one !== twin), doubled];
    expect(rest.length).toBeGreaterThan(0);
    const answer = await createGazetteer({ ...town, addresses }).geocode({
      text: `Rua Padre Eustáquio, ${known.number}`,
    });
    expect(answer.kind).toBe('ambiguous');
    const candidates = answer.kind === 'ambiguous' ? answer.candidates : [];
    for (const one of [known, doubled])
      expect(Math.min(...candidates.map((place) => distanceM(place, one)))).toBeLessThan(1);
  });

  it('asks back when only a part of the name was given', async () => {
    const candidates = await candidatesOf({ text: 'Rua Santa Rita, 50' });
    expect(candidates).toMatchObject([{ formattedAddress: expect.stringContaining('Rua Santa Rita de Cássia, 50') }]);
  });
});

describe('The gazetteer, without the very door', () => {
  const street = 'Rua Padre Eustáquio';
  const [before, gone, after] = [door(street, 10), door(street, 12), door(street, 14)];
  const without: City = { ...town, addresses: town.addresses.filter((one) => one !== gone) };

  it('puts a number between its neighbours, within the circle it states', async () => {
    const answer = await createGazetteer(without).geocode({ text: `${street}, ${gone.number}` });
    if (answer.kind !== 'found') throw new Error(answer.kind);
    expect(answer.location.precision).toBe('NUMBER_APPROXIMATE');
    expect(distanceM(answer.location, gone)).toBeLessThanOrEqual(answer.location.accuracyM);
    expect(distanceM(answer.location, gone)).toBeLessThan(distanceM(before, after));
  });

  it('answers the street for a number far beyond its end, and for none', async () => {
    const middle = await locate(`${street}, s/n`);
    expect(middle).toMatchObject({ precision: 'STREET', formattedAddress: `${street} - Centro, Vila das Fibras - MG` });
    expect(distanceM(middle, gone)).toBeLessThanOrEqual(middle.accuracyM);
    expect(await locate(`${street}, 9000`)).toMatchObject({ precision: 'STREET', accuracyM: middle.accuracyM });
  });

  it('answers the neighbourhood where the street is unknown, and the municipality where nothing else is named', async () => {
    expect(await locate('Rua Desconhecida de Todos, 10 - Bela Vista')).toMatchObject({
      precision: 'LOCALITY',
      neighbourhood: 'Bela Vista',
    });
    expect(await locate('bairro Bela Vista, Vila das Fibras')).toMatchObject({ precision: 'LOCALITY' });
    expect(await locate('Vila das Fibras - MG')).toMatchObject({ precision: 'MUNICIPALITY', neighbourhood: null });
  });

  it.each([
    '',
    '   ',
    'Rua',
    '120',
    'Rua Desconhecida de Todos, 10',
    'Rua Tiradentes, 20 - Centro, Belo Horizonte - MG',
    'Rua Tiradentes, 20, Centro, Betim',
    'Rua Santa Edwiges, 120, Vila das Fibras - SP',
  ])('finds nothing for "%s"', async (text) => {
    expect(await kindOf(text)).toBe('not-found');
  });

  it('finds nothing in another city or state when they are given as parts', async () => {
    const street = 'Rua Santa Edwiges';
    expect((await gazetteer.geocode({ parts: { street, city: 'Betim' } })).kind).toBe('not-found');
    expect((await gazetteer.geocode({ parts: { street, state: 'SP' } })).kind).toBe('not-found');
  });

  it('works with a city of three doors, and with an empty one', async () => {
    const few = {
      ...town,
      streets: [],
      neighbourhoods: [],
      addresses: [door(street, 1), door(street, 4), door(street, 9)],
    };
    const answer = await createGazetteer(few).geocode({ text: `${street}, ${door(street, 6).number}` });
    expect(answer).toMatchObject({ kind: 'found', location: { precision: 'NUMBER_APPROXIMATE' } });
    const empty = { ...town, streets: [], neighbourhoods: [], addresses: [] };
    expect(await createGazetteer(empty).geocode({ text: `${street}, 10` })).toEqual({ kind: 'not-found' });
  });
});
