import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Door, type Json, openDoor } from '../../support/door.js';
import { textsOfPdf } from '../../support/pdf-text.js';
import { pick, readPlant } from '../../support/plant.js';
import { startTestEmulator } from '../../support/start-emulator.js';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';

let subgraph: TestSubgraph;
let door: Door;

beforeAll(async () => {
  subgraph = await startTestSubgraph({ env: { RATE_LIMIT_PER_MINUTE: '0' } });
  door = await openDoor(subgraph);
});
afterAll(() => subgraph.stop());

interface Offer {
  id: string;
  dropLengthM: number;
}

/** What the sheet of a contract says, in the order in which it is printed. With SKETCHES_TO both formats are left in that folder, to be looked at. */
async function sheetOf(code: string, { url: base } = subgraph): Promise<string[]> {
  const [pdf, png] = await Promise.all(
    ['pdf', 'png'].map(async (format) => {
      const url = `${base}/v1/contracts/${encodeURIComponent(code)}/sketch.${format}`;
      const response = await fetch(url, { headers: { authorization: 'demo' } });
      expect(response.status).toBe(200);
      return Buffer.from(await response.arrayBuffer());
    }),
  );
  const folder = process.env.SKETCHES_TO;
  if (folder) {
    mkdirSync(folder, { recursive: true });
    for (const [format, file] of Object.entries({ pdf, png }))
      writeFileSync(join(folder, `${code}.${format}`), file ?? '');
  }
  return textsOfPdf(pdf ?? Buffer.alloc(0));
}

/** Reserves, and answers what was told. */
async function reserve(contractCode: string, body: Json, { ask } = door): Promise<Json> {
  const reserved = await ask('POST', '/reservations', { body: { contractCode, ...body } });
  expect(reserved.status, JSON.stringify(reserved.body)).toBe(201);
  return reserved.body;
}

/** The offer with the longest drop that may be sold, at some places of the plant. */
async function farthest(places: { lat: number; lng: number }[], { ask } = door) {
  const found: { offer: Offer; lat: number; lng: number }[] = [];
  for (const { lat, lng } of places) {
    const { body } = await ask('GET', `/viability?lat=${lat}&lng=${lng}`);
    for (const offer of (body.boxes ?? []) as Offer[]) if (offer.dropLengthM < 190) found.push({ offer, lat, lng });
  }
  found.sort((a, b) => b.offer.dropLengthM - a.offer.dropLengthM);
  return pick(found, () => true, 'an offer');
}

/** The value that stands below a name. */
const below = (texts: readonly string[], name: string) => texts[texts.indexOf(name) + 1];

describe("The installer's sheet says", () => {
  it('where, on which port of which box, for whom, and whose contract it is', async () => {
    const { body } = await door.ask('GET', `/viability?address=${encodeURIComponent('Avenida Getúlio Vargas, 61')}`);
    const [box] = body.boxes as (Offer & { name: string })[];
    const place = { boxId: box?.id, lat: body.locationLat, lng: body.locationLng };
    const address = 'Avenida Getúlio Vargas, 61';
    const told = await reserve('loja 1|900001', { ...place, name: 'José Conceição', address });
    const texts = await sheetOf('loja 1|900001');
    expect(
      Object.fromEntries(
        ['Caixa', 'Porta', 'Contrato', 'Cliente', 'Endereço'].map((name) => [name, below(texts, name)]),
      ),
    ).toEqual({
      ...{ Caixa: box?.name, Porta: String(told.port), Contrato: 'loja 1|900001' },
      ...{ Cliente: 'José Conceição', Endereço: address },
    });
    expect(below(texts, 'Drop')).toMatch(/^\d+ m \(reto\)$/);
    // The street that leads there, the box on the map, a scale and north; and what is filled in by hand.
    expect(texts).toEqual(
      expect.arrayContaining([
        'Avenida Getúlio Vargas',
        box?.name,
        '20 m',
        'N',
        'Potência no cliente (dBm)',
        'Técnico',
      ]),
    );
  });

  it('long names, addresses and notes to their end', async () => {
    const { boxes } = await readPlant(subgraph.emulator);
    const { offer, lat, lng } = await farthest(boxes.slice(0, 20).map((at) => ({ lat: at.lat + 0.001, lng: at.lng })));
    const name = 'Associação dos Moradores e Amigos do Bairro São Sebastião da Boa Vista';
    const address =
      'Rua Desembargador Francisco de Assis Vasconcelos Guimarães, 1234, bloco B, Nossa Senhora das Graças';
    const observation =
      'Entrada pelos fundos, portão azul; falar com o porteiro antes das 17 h. Cachorro bravo no quintal. Subir pela escada externa até o segundo andar e passar o cabo pela canaleta.';
    await reserve('long', { boxId: offer.id, lat, lng, name, address, observation });
    const texts = (await sheetOf('long')).join(' ');
    for (const whole of [name, address, observation]) expect(texts).toContain(whole);
    expect(texts).not.toContain('…');
  });

  it('of a flat which building, where that is, and no drop that nobody lays', async () => {
    const [building] = await subgraph.emulator.all<{ id: string; name: string; lat: number; lng: number }>('buildings');
    if (!building) throw new Error('no building');
    const told = await reserve('flat', { buildingId: building.id, apartment: '1203', name: 'Inês Ávila' });
    const texts = await sheetOf('flat');
    expect([below(texts, 'Prédio'), below(texts, 'Porta')]).toEqual([building.name, String(told.port)]);
    expect(below(texts, 'Endereço')).toMatch(/apto 1203/);
    expect(below(texts, 'Posição')).toBe(`${building.lat.toFixed(6)}, ${building.lng.toFixed(6)}`);
    expect(texts).not.toEqual(expect.arrayContaining(['Drop']));
  });

  it('how many poles a way along them passes', async () => {
    const emulator = await startTestEmulator();
    onTestFinished(() => emulator.stop());
    const { body: settings } = await emulator.api<{ id: string }>('GET', 'system-configs');
    await emulator.api('PATCH', `system-configs/${settings.id}`, { viability: { mode: 'poles' } });
    // Nothing here is found by an address.
    const geocoder = { GEOCODER: 'nominatim', NOMINATIM_URL: 'http://127.0.0.1:9' };
    const along = await startTestSubgraph({ env: { OZMAP_URL: emulator.url, OZMAP_TOKEN: 'demo', ...geocoder } });
    onTestFinished(() => along.stop());
    const way = await openDoor(along);
    const { properties } = await readPlant(along.emulator);
    const places = properties.flatMap(({ lat, lng, client }) => (lat && lng && !client ? [{ lat, lng }] : []));
    const { offer, lat, lng } = await farthest(places.slice(0, 40), way);
    const place = { boxId: offer.id, lat, lng };
    await reserve('poles', { ...place, name: 'Padaria Central', address: 'Rua das Flores, 10' }, way);
    const texts = await sheetOf('poles', along);
    expect(below(texts, 'Drop')).toMatch(/^1\d\d m \([1-9]\d? postes?\)$/);
  });
});
