import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { tokenFrom } from '../../../src/http/request-headers.js';
import { Sales } from '../../../src/http/sales/sales.js';
import { inMemoryLedger } from '../../support/in-memory-ledger.js';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';

const SECRET = 'a secret that is long enough to be one';
let subgraph: TestSubgraph;
beforeAll(async () => {
  const env = {
    SESSION_SECRET: SECRET,
    TOKEN_CACHE_S: '0',
    OZLOC_ORIGINS: 'https://cnt.example http://localhost:8080',
  };
  subgraph = await startTestSubgraph({ env });
});
afterEach(() => subgraph.emulator.clearFaults());
afterAll(() => subgraph?.stop());

const CREATE = `mutation ($input: CreateOzlocLinkInput!) {
  createOzlocLink(input: $input) { url expiresAt problem { code reason message } }
}`;
interface Created {
  createOzlocLink: {
    url: string;
    expiresAt: string;
    problem: { code: string; reason: string; message: string } | null;
  };
}

async function link(input: object, at: TestSubgraph = subgraph): Promise<Created['createOzlocLink']> {
  const { data } = await at.query<Created, object>(CREATE, { input }, { user: 'maria' });
  if (!data) throw new Error('no link');
  return data.createOzlocLink;
}

const ticketOf = ({ url }: { url: string }) => new URL(url).hash.slice('#t='.length);

async function redeem(ticket: unknown, at = subgraph): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${at.url}/ozloc/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket }),
  });
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const bearerFor = async (contractCode: string) =>
  String((await redeem(ticketOf(await link({ contractCode })))).body.token);

describe('An address that tries tickets', () => {
  it('is held to its budget of refused tokens, and a good ticket still opens its sale', async () => {
    const other = await startTestSubgraph({ env: { SESSION_SECRET: SECRET, FAILED_TOKENS_PER_MINUTE: '3' } });
    onTestFinished(() => other.stop());
    const good = ticketOf(await link({ contractCode: 'C 9' }, other));
    const statuses = [];
    for (let tried = 0; tried < 5; tried += 1) statuses.push((await redeem(`guess-${tried}`, other)).status);
    expect(statuses).toEqual([410, 410, 410, 429, 429]);
    expect((await redeem(good, other)).status).toBe(200);
    expect((await redeem(good, other)).status).toBe(429);
  });
});

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** The form that CNT's page or server posts, as a browser shows its answer. */
async function post(body: string | Uint8Array<ArrayBuffer>, { at = subgraph, type = FORM_TYPE, accept = '*/*' } = {}) {
  const headers = { 'content-type': type, accept };
  const response = await fetch(`${at.url}/ozloc/open`, { method: 'POST', headers, body, redirect: 'manual' });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const formOf = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const saleAt = async ({ headers }: { headers: Headers }) =>
  (await redeem(ticketOf({ url: headers.get('location') ?? '' }))).body;

describe('A form that opens the map page', () => {
  const FORM = { token: 'demo', cod_cli: 'F 1', client_name: 'José', address: 'Rua A, 1', lat: '-19,9', lng: '-44.05' };

  it('leads to a ticket link that shows no key, and opens the sale of its fields', async () => {
    const more = { viabilityTags: '["gpon","rural"]', integration_code: '' };
    const answer = await post(formOf({ ...FORM, ...more }));
    expect(answer.status).toBe(303);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.headers.get('location')).toMatch(new RegExp(`^${subgraph.url}/ozloc#t=`));
    expect(await saleAt(answer)).toMatchObject({
      contractCode: 'F 1',
      name: 'José',
      address: 'Rua A, 1',
      location: { lat: -19.9, lng: -44.05 },
      tags: ['gpon', 'rural'],
      relocate: false,
    });
  });

  it('may be Latin-1, said or not, and move a client by integration_code', async () => {
    const body = Uint8Array.from(
      Buffer.from('token=demo&client_name=Jos%E9+Concei\u00e7\u00e3o&integration_code=F-2', 'latin1'),
    );
    for (const type of [FORM_TYPE, `${FORM_TYPE}; charset=ISO-8859-1`]) {
      const sale = await saleAt(await post(body, { type }));
      expect(sale).toMatchObject({ contractCode: 'F-2', name: 'José Conceição', relocate: true });
    }
    expect((await post(body, { type: `${FORM_TYPE}; charset=utf-8` })).status).toBe(400);
  });

  it('is refused in words for people where a browser asks, and repeats nothing of what was sent', async () => {
    const secret = { ...FORM, token: 'segredo-7', client_name: '<b>Fulana' };
    const page = await post(formOf(secret), { accept: 'text/html,*/*;q=0.8' });
    expect([page.status, page.headers.get('content-type')]).toEqual([401, 'text/html; charset=utf-8']);
    expect(page.text).toContain('Volte ao CNT');
    const plain = await post(formOf(secret));
    expect(JSON.parse(plain.text)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    for (const { text, headers } of [page, plain]) {
      expect(text + headers.get('location')).not.toMatch(/segredo|Fulana/);
      expect(headers.get('cache-control')).toContain('no-store');
    }
    expect((await post(formOf({ ...FORM, token: '' }))).status).toBe(401);
    expect((await post(formOf({ ...FORM, cod_cli: '' }))).status).toBe(400);
    expect((await post(formOf({ ...FORM, lat: 'x' }))).status).toBe(400);
    expect((await post('{}', { type: 'text/plain' })).status).toBe(415);
  });

  it('is a POST, and counts a refused token against its address', async () => {
    const got = await fetch(`${subgraph.url}/ozloc/open?token=demo`);
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
    const other = await startTestSubgraph({ env: { SESSION_SECRET: SECRET, FAILED_TOKENS_PER_MINUTE: '2' } });
    onTestFinished(() => other.stop());
    const statuses = [];
    for (const token of ['a', 'b', 'c', 'demo'])
      statuses.push((await post(formOf({ ...FORM, token }), { at: other })).status);
    expect(statuses).toEqual([401, 401, 429, 303]);
  });
});

describe('A link that names its opener', () => {
  const problemOf = async (named: object, at?: TestSubgraph) =>
    (await link({ contractCode: 'O-1', ...named }, at)).problem;

  it('hands its page origin, way back and state, sealed', async () => {
    const named = { openerOrigin: 'https://cnt.example', returnUrl: 'http://localhost:8080/venda?id=1', state: 'v 7' };
    const made = await link({ contractCode: 'O-1', ...named });
    expect(decodeURIComponent(made.url)).not.toContain('cnt.example');
    expect((await redeem(ticketOf(made))).body).toMatchObject(named);
    const form = formOf({ token: 'demo', cod_cli: 'O-1', ...named });
    expect(await saleAt(await post(form))).toMatchObject(named);
  });

  it.each([
    { openerOrigin: '*' },
    { openerOrigin: 'null' },
    { openerOrigin: 'https://cnt.example/' },
    { openerOrigin: 'https://cnt.example.evil.example' },
    { openerOrigin: 'http://cnt.example' },
    { returnUrl: 'javascript:alert(1)' },
    { returnUrl: '//cnt.example/x' },
    { returnUrl: '/x' },
    { returnUrl: 'https://u:p@cnt.example/' },
    { returnUrl: 'https://cnt.example@evil.example/' },
    { returnUrl: 'https://evil.example\\@cnt.example/' },
    { returnUrl: 'https:cnt.example' },
    { returnUrl: ' https://cnt.example/' },
  ])('is not made for %j', async (named) => {
    expect(await problemOf(named)).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('ORIGINS'),
    });
  });

  it('is not made where OZLOC_ORIGINS is not set', async () => {
    const other = await startTestSubgraph();
    onTestFinished(() => other.stop());
    for (const named of [{ openerOrigin: 'https://cnt.example' }, { returnUrl: 'https://cnt.example/' }])
      expect(await problemOf(named, other)).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await problemOf({}, other)).toBeNull();
  });
});

describe('A link to the map page', () => {
  it('shows neither token nor contract, and opens one sale once', async () => {
    const asked = { contractCode: 'C 1', name: 'Padaria', location: { lat: -19.9, lng: -44 }, tags: ['gpon'] };
    const made = await link(asked);
    expect(made.url.startsWith(`${subgraph.url}/ozloc#t=`)).toBe(true);
    expect(Date.parse(made.expiresAt) - Date.now()).toBeGreaterThan(14 * 60_000);
    for (const part of ticketOf(made).split('.')) {
      expect(Buffer.from(part, 'base64url').toString('latin1')).not.toMatch(/demo|C 1|Padaria/);
    }
    const first = await redeem(ticketOf(made));
    expect(first).toEqual({
      status: 200,
      body: { ...asked, address: null, relocate: false, token: expect.any(String), expiresAt: expect.any(String) },
    });
    expect(String(first.body.token)).not.toContain('demo');
    expect((await redeem(ticketOf(made))).status).toBe(410);
  });

  it('is won by one of many who open it at once', async () => {
    const ticket = ticketOf(await link({ contractCode: 'C-2' }));
    const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(ticket)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(410)]);
  });

  it('is refused when it was changed, is a bearer, or was never one', async () => {
    const ticket = ticketOf(await link({ contractCode: 'C-3' }));
    const changed = `${ticket.slice(0, -2)}${ticket.endsWith('AA') ? 'BB' : 'AA'}`;
    const bearer = await bearerFor('C-3');
    for (const wrong of [changed, bearer, bearer.replace(/^ozloc\./, ''), 'x', '']) {
      expect((await redeem(wrong)).status).toBe(410);
    }
    for (const wrong of [undefined, 7, null]) expect((await redeem(wrong)).status).toBe(400);
  });

  it('stays good when OZmap could not say whether the token behind it still works', async () => {
    const ticket = ticketOf(await link({ contractCode: 'C-4' }));
    await subgraph.emulator.fault({ fault: 'status', status: 503 });
    expect((await redeem(ticket)).status).toBe(503);
    await subgraph.emulator.clearFaults();
    expect((await redeem(ticket)).status).toBe(200);
  });

  it('is over after its time, and so is its bearer', async () => {
    let time = Date.now() - 100 * 60_000;
    const sales = new Sales({
      secret: SECRET,
      ticketMs: 60_000,
      radiusM: 1_000,
      ledger: inMemoryLedger(),
      now: () => time,
    });
    const sale = { contractCode: 'C-5', name: null, address: null, location: null, tags: [], relocate: false };
    const issue = async () =>
      ticketOf(await sales.links('http://x/ozloc').issue(sale, { token: 'demo', ownerId: 'demo', cntUser: null }));
    const open = async (ticket: string) => sales.redeem(ticket, async () => {});
    expect(await open(await issue())).toBeNull();
    time = Date.now();
    const [first, second] = [await issue(), await issue()];
    const session = await open(first);
    expect(Date.parse(session?.expiresAt ?? '') - time).toBeLessThanOrEqual(90 * 60_000);
    expect(await sales.read(session?.token ?? '')).not.toBeNull();
    time = Date.now() - 100 * 60_000;
    const over = await open(second);
    expect(await sales.read(over?.token ?? '')).toBeNull();
  });

  it('of a sketch leads to it for a day', async () => {
    const HOUR = 3_600_000;
    const opened = async (ms: number) => {
      const now = () => Date.now() - ms;
      const sales = new Sales({ secret: SECRET, ticketMs: 60_000, radiusM: 1_000, ledger: inMemoryLedger(), now });
      const made = await sales.links('http://x/ozloc').sketch('C-6', { token: 'demo', cntUser: null });
      return sales.openSketch(/sketches\/(.+)\.png$/.exec(made?.png ?? '')?.[1] ?? '');
    };
    expect(await opened(23 * HOUR)).toMatchObject({ contractCode: 'C-6', token: 'demo' });
    expect(await opened(24 * HOUR + 1_000)).toBeNull();
  });

  it('has a bearer that fits into a header, around a token of 8,192 characters too', async () => {
    const sales = new Sales({ secret: SECRET, ticketMs: 60_000, radiusM: 1_000, ledger: inMemoryLedger() });
    const sale = {
      contractCode: 'C'.repeat(100),
      name: null,
      address: null,
      location: null,
      tags: [],
      relocate: false,
    };
    const by = { token: 't'.repeat(8_192), ownerId: 'demo', cntUser: 'maria' };
    const session = await sales.redeem(ticketOf(await sales.links('http://x/ozloc').issue(sale, by)), async () => {});
    const authorization = `Bearer ${session?.token}`;
    expect(tokenFrom({ authorization })).toBe(session?.token);
    const { status } = await subgraph.query('{ __typename }', {}, { token: session?.token ?? '' });
    expect(status).not.toBe(431);
  });

  it('warns at the start of what a real OZmap leaves out: links without a secret, a map without streets, unless a gazetteer has some', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gazetteer-'));
    const line = {
      type: 'LineString',
      coordinates: [
        [-44.25, -19.46],
        [-44.251, -19.461],
      ],
    };
    const street = { type: 'Feature', properties: { name: 'Av. JOAO DA SILVA' }, geometry: line };
    writeFileSync(join(folder, 'streets.geojson'), JSON.stringify({ type: 'FeatureCollection', features: [street] }));
    writeFileSync(join(folder, 'addresses.csv'), 'street,number,lat,lng\nAv. JOAO DA SILVA,10,-19.46,-44.25\n');
    const ring = [
      [-44.26, -19.47],
      [-44.24, -19.47],
      [-44.24, -19.45],
      [-44.26, -19.47],
    ];
    const areas = ['VAZIO', 'VILA NOVA'].map((name) => ({
      type: 'Feature',
      properties: { name },
      geometry: { type: 'Polygon', coordinates: [ring] },
    }));
    writeFileSync(
      join(folder, 'neighbourhoods.geojson'),
      JSON.stringify({ type: 'FeatureCollection', features: areas }),
    );
    const warnings: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (text: string) => void warnings.push(text) });
    const env = {
      OZMAP_URL: subgraph.emulator.url,
      OZMAP_TOKEN: 'demo',
      GOOGLE_MAPS_API_KEY: 'none',
      GOOGLE_MAPS_URL: 'http://127.0.0.1:9',
    };
    const bare = await startTestSubgraph({ env, logger });
    onTestFinished(() => bare.stop());
    expect(warnings.join()).toMatch(/SESSION_SECRET.*MAP_STYLE_URL/s);
    warnings.length = 0;
    const known = await startTestSubgraph({ env: { ...env, SESSION_SECRET: SECRET, GAZETTEER_DIR: folder }, logger });
    onTestFinished(() => known.stop());
    expect(warnings.join()).not.toMatch(/SESSION_SECRET|MAP_STYLE_URL/);
    const { map } = (await (await fetch(`${known.url}/ozloc/config.json`)).json()) as { map: { center: number[] } };
    expect(map).toMatchObject({ cityTilesUrl: 'tiles/{z}/{x}/{y}.pbf', center: [-44.2505, -19.4605] });
    const tile = await fetch(`${known.url}/tiles/15/12356/18190.pbf`);
    const drawn = await tile.text();
    expect(drawn).toContain('Avenida Joao da Silva');
    expect(drawn).toContain('Vila Nova');
    expect(drawn).not.toContain('VAZIO');
  });

  it('says what is missing where a real OZmap has no secret to seal it with', async () => {
    const real = await startTestSubgraph({
      env: {
        OZMAP_URL: subgraph.emulator.url,
        OZMAP_TOKEN: 'demo',
        GEOCODER: 'nominatim',
        NOMINATIM_URL: 'http://127.0.0.1:9',
      },
    });
    const made = await link({ contractCode: 'C-6' }, real);
    const config = (await (await fetch(`${real.url}/ozloc/config.json`)).json()) as { map: object };
    const tile = await fetch(`${real.url}/tiles/12/0/0.pbf`);
    await real.stop();
    expect(made).toMatchObject({ url: null, expiresAt: null, problem: { reason: 'LINKS_NOT_CONFIGURED' } });
    expect(made.problem?.message).toContain('SESSION_SECRET');
    expect([config, tile.status]).toEqual([
      {
        graphqlUrl: 'graphql',
        sessionUrl: 'ozloc/session',
        suggestions: false,
        map: { center: [-47.9, -15.8], zoom: 4 },
      },
      404,
    ]);
  });
});
