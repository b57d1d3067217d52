import { describe, expect, it } from 'vitest';
import type { City } from '../../src/city/city.js';
import { readCityFolder } from '../../src/city/read-folder.js';
import { distanceM } from '../../src/domain/geo.js';
import { createGazetteer } from '../../src/geocoding/gazetteer/index.js';
import { cityFolderOf } from '../support/towns.js';

const town: City = await readCityFolder(cityFolderOf('entroncamento-velho') ?? '');
const names = [...new Set(town.addresses.map(({ street }) => street))];
const CENTRE_LNG = -44.39;
/** A code for each street, and two for the name that stands twice. */
const codeOf = ({ street, lng }: { street: string; lng: number }) =>
  `35${7 + Number(street === 'Rua BARAO DO RIO BRANCO' && lng > CENTRE_LNG)}00${String(100 + names.indexOf(street))}`;
const gazetteer = createGazetteer({
  ...town,
  addresses: town.addresses.map((door) => ({ ...door, cep: codeOf(door) })),
});
const written = (code: string) => `${code.slice(0, 5)}-${code.slice(5)}`;
const doorsOf = (street: string) => town.addresses.filter((door) => door.street === street && door.number !== null);

describe('A postal code', () => {
  const street = 'Rua do Comércio';
  const [, , door] = doorsOf(street);
  if (!door) throw new Error('no door');
  const code = codeOf(door);

  it.each([written(code), code, `CEP ${code}`, `CEP: ${written(code)}`])('alone (%s) is its street', async (text) => {
    const answer = await gazetteer.geocode({ text });
    expect(answer).toMatchObject({
      kind: 'found',
      location: { precision: 'POSTAL_CODE', formattedAddress: expect.stringMatching(/^Rua do Comércio - /) },
    });
    if (answer.kind !== 'found') return;
    const held = doorsOf(street).filter((one) => distanceM(one, answer.location) <= answer.location.accuracyM);
    expect(held.length / doorsOf(street).length).toBeGreaterThan(0.93);
  });

  it('with a number is the door', async () => {
    for (const query of [
      { text: `${written(code)}, nº ${door.number}` },
      { parts: { street: '', number: `${door.number}`, postalCode: code } },
    ]) {
      const answer = await gazetteer.geocode(query);
      expect(answer).toMatchObject({ kind: 'found', location: { precision: 'NUMBER' } });
      expect(answer.kind === 'found' && distanceM(answer.location, door)).toBeLessThan(1);
    }
  });

  it('narrows what a street in two places may be', async () => {
    const twin = doorsOf('Rua BARAO DO RIO BRANCO').find(({ lng }) => lng > CENTRE_LNG);
    const number = twin?.number;
    const answer = await gazetteer.geocode({
      text: `Rua Barão do Rio Branco, ${number}, ${written(codeOf({ street: 'Rua BARAO DO RIO BRANCO', lng: 0 }))}`,
    });
    expect(answer).toMatchObject({ kind: 'ambiguous', candidates: [{ neighbourhood: 'Vila Operária' }] });
  });

  it.each(['30130-100', written(codeOf({ street: 'Rua BARAO DO RIO BRANCO', lng: 0 }))])(
    'that is not where the street is (%s) makes it a question',
    async (other) => {
      const answer = await gazetteer.geocode({ text: `${street}, ${door.number}, ${other}` });
      expect(answer).toMatchObject({ kind: 'ambiguous', candidates: [{ precision: 'NUMBER' }] });
    },
  );

  it('that nobody here has is not found', async () => {
    expect(await gazetteer.geocode({ text: '30130-100' })).toEqual({ kind: 'not-found' });
  });
});
