import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Door,
  FORM_TYPE,
  form,
  JSON_TYPE,
  type Json,
  type OpenApi,
  openDoor,
  type Sent,
} from '../../support/door.js';
import { type RestBox, readPlant } from '../../support/plant.js';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';

const read = (path: string) => readFileSync(join(import.meta.dirname, '../../..', path), 'utf8');
const OPERATIONS = read('schema/operations/door.graphql');
const RECIPE = read('docs/recipes/call-from-php.md');

let subgraph: TestSubgraph;
let box: RestBox;
let openApi: OpenApi;
let ask: Door['ask'];
let ended: Door['ended'];
let clientOf: Door['clientOf'];

beforeAll(async () => {
  subgraph = await startTestSubgraph({ env: { RATE_LIMIT_PER_MINUTE: '2000', FAILED_TOKENS_PER_MINUTE: '40' } });
  ({ openApi, ask, ended, clientOf } = await openDoor(subgraph));
  const { boxes } = await readPlant(subgraph.emulator);
  for (const each of boxes.filter(({ certified, draft }) => certified && !draft)) {
    const { lat, lng } = besides(each);
    const { body } = await ask('GET', `/viability?lat=${lat}&lng=${lng}`);
    const offers = body.boxes as { id: string; freePorts: number }[];
    if (offers.some(({ id, freePorts }) => id === each.id && freePorts >= 5)) {
      box = each;
      return;
    }
  }
  throw new Error('the plant is full');
});
afterAll(() => subgraph.stop());

const besides = ({ lat, lng }: RestBox) => ({ lat: lat + 0.0001, lng: lng + 0.0001 });

const reserve = (contractCode: string, more: Json = {}, headers: Record<string, string> = {}) =>
  ask('POST', '/reservations', { body: { contractCode, boxId: box.id, ...besides(box), ...more }, headers });

describe('A contract', () => {
  it('lives its whole life in JSON, by flat answers', async () => {
    const reserved = await reserve('rest|a/1', { name: 'Maria' });
    expect([reserved.status, reserved.headers.get('location')]).toEqual([
      201,
      '/integrations/cnt/v1/contracts/rest%7Ca%2F1',
    ]);
    expect(reserved.body).toMatchObject({
      contractCode: 'rest|a/1',
      state: 'AWAITING_ACTIVATION',
      name: 'Maria',
      boxId: box.id,
      boxName: box.name,
      port: expect.any(Number),
      dropLengthM: expect.any(Number),
      operationState: 'APPLIED',
      warnings: [],
    });
    const path = String(reserved.headers.get('location')).replace('/integrations/cnt/v1', '');
    const activated = await ask('POST', `${path}/activation`);
    expect([activated.status, activated.body.state]).toEqual([200, 'ACTIVE']);
    const renamed = await ask('PATCH', path, { body: { name: 'João da Silva' } });
    expect([renamed.status, renamed.body.name]).toEqual([200, 'João da Silva']);
    const read = await ask('GET', path);
    expect(read.body).toMatchObject({ state: 'ACTIVE', name: 'João da Silva', boxId: box.id, reservedAt: null });
    expect(await clientOf('rest|a/1')).toMatchObject({ implanted: true, name: 'João da Silva' });

    const cancelled = await ask('POST', `${path}/cancellation`, { body: { disconnectDrop: true } });
    expect(cancelled.body).toMatchObject({ propertyId: reserved.body.propertyId, dropConnected: false });
    expect(await clientOf('rest|a/1')).toBeUndefined();
    expect((await ask('GET', path)).status).toBe(404);

    const { body } = await ask('GET', `${path}/operations?first=3`);
    expect(body).toMatchObject({
      hasNextPage: true,
      operations: [
        { action: 'client.cancel', state: 'APPLIED' },
        { action: 'client.update', state: 'APPLIED' },
        { action: 'client.activate', state: 'APPLIED' },
      ],
    });
    const one = await ask('GET', `/operations/${cancelled.body.operationId}`);
    expect(one.body).toMatchObject({ action: 'client.cancel', contractCode: 'rest|a/1', problemCode: null });
  });

  it.each([
    ['UTF-8', (text: string) => text, FORM_TYPE],
    [
      'Latin-1',
      (text: string) => text.replaceAll('%C3%A7', '%E7').replaceAll('%C3%A3', '%E3'),
      `${FORM_TYPE}; charset=ISO-8859-1`,
    ],
  ])('lives its whole life in forms of %s', async (charset, inCharset, type) => {
    const code = `form ${charset}`;
    const place = besides(box);
    const body = inCharset(form({ contractCode: code, boxId: box.id, ...place, name: 'Conceição' }));
    const reserved = await ask('POST', '/reservations', { body, type });
    expect([reserved.status, reserved.body.name]).toEqual([201, 'Conceição']);
    const path = `/contracts/${encodeURIComponent(code)}`;
    expect((await ask('POST', `${path}/activation`, { body: '', type })).body.state).toBe('ACTIVE');
    await ask('PATCH', path, { body: inCharset(form({ observation: 'ação' })), type });
    expect((await ask('GET', path)).body).toMatchObject({ name: 'Conceição', observation: 'ação' });
    const ended = await ask('POST', `${path}/cancellation`, { body: form({ disconnectDrop: '1' }), type });
    expect(ended.body.dropConnected).toBe(false);
    expect(await clientOf(code)).toBeUndefined();
  });

  it('is written as bytes of Latin-1 in JSON, too, and withdrawn', async () => {
    const text = JSON.stringify({ contractCode: 'bytes', boxId: box.id, ...besides(box), name: 'Inês' });
    const reserved = await ask('POST', '/reservations', {
      body: new Uint8Array(Buffer.from(text, 'latin1')),
      type: `${JSON_TYPE}; charset=iso-8859-1`,
    });
    expect(reserved.body.name).toBe('Inês');
    const withdrawn = await ask('POST', '/contracts/bytes/withdrawal');
    expect([withdrawn.status, withdrawn.body.contractCode]).toEqual([200, 'bytes']);
    expect(await clientOf('bytes')).toBeUndefined();
  });

  it('is written in parts, as the curl of PHP sends a list of fields, with decimals as a Brazilian writes them', async () => {
    const { lat, lng } = besides(box);
    const parts = new FormData();
    const fields = { contractCode: 'parts', boxId: box.id, name: 'José & Inês', lat: `${lat}`.replace('.', ',') };
    for (const [name, value] of Object.entries({ ...fields, lng: `${lng}`.replace('.', ',') })) parts.set(name, value);
    const sent = async (body: FormData) => {
      const request = new Request(subgraph.url, { method: 'POST', body });
      const type = request.headers.get('content-type') ?? '';
      return ask('POST', '/reservations', { body: new Uint8Array(await request.arrayBuffer()), type });
    };
    const reserved = await sent(parts);
    expect([reserved.status, reserved.body]).toMatchObject([201, { name: 'José & Inês', lat, lng }]);
    parts.set('name', new Blob(['a file']));
    expect((await sent(parts)).status).toBe(400);
    // Nothing to say, said as JSON.
    expect((await ask('POST', '/contracts/parts/withdrawal', { body: '', type: JSON_TYPE })).status).toBe(200);
  });

  it('is asked for again with its key, and reserved once', async () => {
    const first = await reserve('keyed', {}, { 'idempotency-key': '"sale 1"' });
    const again = await reserve('keyed', {}, { 'idempotency-key': 'sale 1' });
    expect([again.status, again.body.operationId]).toEqual([201, first.body.operationId]);
    const other = await reserve('keyed', { name: 'another' }, { 'idempotency-key': '"sale 1"' });
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_MISMATCH']);
    await ask('POST', '/contracts/keyed/withdrawal');
  });
});

describe('A refusal', () => {
  it.each<[string, number, string, string, string, Sent]>([
    ['a token that nobody knows', 401, 'UNAUTHENTICATED', 'GET', '/contracts/1', { headers: { authorization: 'x' } }],
    ['no token', 401, 'UNAUTHENTICATED', 'POST', '/contracts/1/activation', { headers: { authorization: '' } }],
    ['a contract that is not there', 404, 'NOT_FOUND', 'GET', '/contracts/none', {}],
    ['a command on one', 404, 'NOT_FOUND', 'POST', '/contracts/none/activation', {}],
    ['an operation that is not there', 404, 'NOT_FOUND', 'GET', '/operations/none', {}],
    ['a path that is none', 404, 'NOT_FOUND', 'GET', '/nowhere', {}],
    ['half a place', 400, 'BAD_USER_INPUT', 'GET', '/viability?lat=-19.9', {}],
    ['a number that is none', 400, 'BAD_USER_INPUT', 'GET', '/viability?lat=south&lng=1', {}],
    ['a query in another charset', 400, 'BAD_USER_INPUT', 'GET', '/viability?address=S%E3o', {}],
    ['a code in another charset', 400, 'BAD_USER_INPUT', 'GET', '/contracts/S%E3o', {}],
    ['a field that the route does not take', 400, 'BAD_USER_INPUT', 'PATCH', '/contracts/1', { body: { nome: 'A' } }],
    ['a list for a body', 400, 'BAD_USER_INPUT', 'PATCH', '/contracts/1', { body: '[]' }],
    ['no JSON', 400, 'BAD_USER_INPUT', 'PATCH', '/contracts/1', { body: '{' }],
    ['bytes that are no UTF-8', 400, 'BAD_USER_INPUT', 'PATCH', '/contracts/1', { body: 'name=%E9', type: FORM_TYPE }],
    ['a name twice', 400, 'BAD_USER_INPUT', 'PATCH', '/contracts/1', { body: 'name=a&name=b', type: FORM_TYPE }],
  ])('of %s is %i', async (_what, status, code, method, path, sent) => {
    const answer = await ask(method, path, sent);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(answer.body).toMatchObject({ type: 'about:blank', status, code, reason: null });
    expect(answer.body.detail).toMatch(/[a-zà-ú]+ [a-zà-ú]+/);
    expect(JSON.stringify(answer.body)).not.toMatch(/nome|south|S\u00e3o|%E3/);
  });

  it.each<[string, string, Json | undefined, string, string[]]>([
    [
      'GET',
      '/viability',
      undefined,
      'Confira o que foi enviado em address, lat, lng: falta,',
      ['address', 'lat', 'lng'],
    ],
    ['GET', '/viability?lat=-19.9', undefined, 'Falta o campo lng.', ['lng']],
    ['GET', '/viability?lat=sul&lng=1', undefined, 'O campo lat precisa ser um número.', ['lat']],
    ['GET', '/viability?adress=x', undefined, 'um campo que este endereço não aceita. Ele aceita: address,', ['query']],
    ['PUT', '/contracts/1/state', {}, 'Falta o campo state.', ['state']],
    ['PUT', '/contracts/1/state', { state: 1, at: '31/03/2026' }, 'O campo at precisa ter data, hora e fuso,', ['at']],
    ['PUT', '/contracts/1/state', { state: 999 }, 'Confira o que foi enviado em state:', ['state']],
    ['PATCH', '/contracts/1', { code: '2', name: 'A' }, 'O campo code veio mais de uma vez, com valores', ['code']],
    [
      'POST',
      '/contracts/1/cancellation',
      { disconnectDrop: 'sim' },
      'disconnectDrop precisa ser true',
      ['disconnectDrop'],
    ],
    ['POST', '/contracts/1/port', { port: 2 }, 'Falta o campo boxId.', ['boxId']],
    ['POST', '/contracts/%20/activation', undefined, 'Confira o que foi enviado em code:', ['code']],
    [
      'POST',
      '/contracts/1/transfer',
      { newContractCode: ' ' },
      'Confira o que foi enviado em newContractCode:',
      ['newContractCode'],
    ],
  ])(
    'of a wrong request says what is wrong, by the names of the route: %s %s %j',
    async (method, path, sent, detail, fields) => {
      const { status, body } = await ask(method, path, { body: sent });
      expect([status, body.detail]).toEqual([400, expect.stringContaining(detail)]);
      expect((body.details as { field: string }[]).map(({ field }) => field)).toEqual(fields);
    },
  );

  it('of a key that is too long names the header', async () => {
    const headers = { 'idempotency-key': 'k'.repeat(300) };
    const { status, body } = await ask('POST', '/contracts/1/activation', { headers });
    expect([status, body.detail]).toEqual([
      400,
      'Confira o que foi enviado em Idempotency-Key: falta, ou não foi aceito.',
    ]);
  });

  it.each<[string, string, Sent]>([
    ['Latin-1 that names no charset', '/contracts/1', { body: 'name=Jos%E9', type: FORM_TYPE }],
    ['half a JSON', '/contracts/1', { body: '{"name":' }],
    ['a name twice', '/contracts/1', { body: 'name=a&name=b', type: FORM_TYPE }],
    ['a code in Latin-1', '/contracts/S%E3o', { body: {} }],
  ])('of what cannot be read tells what to look at: %s', async (_what, path, sent) => {
    const { status, body } = await ask('PATCH', path, sent);
    expect([status, body.detail]).toEqual([400, expect.stringMatching(/charset .* Content-Type.* campo se repete/)]);
    const english = await ask('PATCH', path, { ...sent, headers: { 'accept-language': 'en' } });
    expect(english.body.detail).toMatch(/charset .* Content-Type/);
  });

  it('of a method that the route does not have is 405, and of a body that is no form 415, in words', async () => {
    const deleted = await ask('DELETE', '/contracts/100001');
    expect([deleted.status, deleted.headers.get('allow')]).toEqual([405, 'GET, PATCH']);
    expect(deleted.body.detail).toBe('Este endereço não aceita este método.');
    for (const path of ['/contracts/100001/sketch.png', '/contracts/100001/sketch.pdf', '/openapi.json', '/']) {
      const posted = await ask('POST', path);
      expect([path, posted.status, posted.headers.get('allow')]).toEqual([path, 405, 'GET']);
    }
    const xml = await ask('PATCH', '/contracts/100001', { body: '<a/>', type: 'text/xml' });
    expect([xml.status, xml.body.detail]).toEqual([415, expect.stringContaining('JSON ou formulário')]);
  });

  it('tells why the network forbids a command, in Portuguese or English, and which operation it was', async () => {
    await reserve('twice');
    const again = await reserve('twice', { name: 'another' });
    expect([again.status, again.body]).toMatchObject([
      409,
      {
        code: 'CONFLICT',
        reason: 'CODE_IN_USE',
        operationId: expect.any(String),
        detail: expect.stringMatching(/contrato/),
      },
    ]);
    const english = await reserve('twice', { name: 'a third' }, { 'accept-language': 'en' });
    expect(english.body.detail).toMatch(/contract/);
    expect((await ask('POST', '/contracts/twice/cancellation')).body).toMatchObject({
      status: 409,
      reason: 'NOT_ACTIVE',
    });
    await ask('POST', '/contracts/twice/withdrawal');
  });

  it('of what OZmap refuses is 422', async () => {
    await reserve('refused');
    await subgraph.emulator.fault({ fault: 'status', status: 422, match: { method: 'PATCH', path: 'ftth-clients' } });
    const { status, body } = await ask('POST', '/contracts/refused/activation');
    await subgraph.emulator.clearFaults();
    expect([status, body.code]).toEqual([422, 'UPSTREAM_REFUSED']);
    await ask('POST', '/contracts/refused/withdrawal');
  });

  it('of too many requests with unknown tokens is 429, and says when to come back', async () => {
    const headers = { authorization: 'guess', 'x-forwarded-for': '203.0.113.9' };
    const statuses = new Set<number>();
    let last = await ask('GET', '/contracts/1', { headers });
    for (let n = 0; n < 60 && last.status !== 429; n++) {
      statuses.add(last.status);
      last = await ask('GET', '/contracts/1', { headers: { ...headers, authorization: `guess-${n}` } });
    }
    expect([[...statuses], last.status, last.body.code]).toEqual([[401], 429, 'RATE_LIMITED']);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask('GET', '/contracts/none')).status).toBe(404);
  });
});

describe('A flat', () => {
  it('is found by its building, and sold on a port of it', async () => {
    const [building] = await subgraph.emulator.all<{ id: string; name: string; lat: number; lng: number }>('buildings');
    if (!building) throw new Error('no building');
    const { body } = await ask('GET', `/viability?lat=${building.lat}&lng=${building.lng}`);
    const { id, name } = building;
    expect(body.buildings).toEqual([{ id, name, distanceM: 0, freePorts: expect.any(Number) }]);
    const sold = await ask('POST', '/reservations', {
      body: { contractCode: 'flat', buildingId: id, apartment: '1203' },
    });
    expect([sold.status, sold.body]).toMatchObject([201, { buildingId: id, buildingName: name, boxId: null }]);
    expect((await ask('POST', '/contracts/flat/withdrawal')).status).toBe(200);
  });
});

describe("The installer's sheet", () => {
  const fetched = async (url: string, headers: Record<string, string> = {}) => {
    const response = await fetch(url, { headers });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, type: response.headers.get('content-type'), bytes };
  };

  it('is a picture and a page of A4, for who may read the contract', async () => {
    await reserve('sketch|1', { name: 'José Conceição' });
    const [png, pdf, no, other] = await Promise.all([
      fetched(`${subgraph.url}/v1/contracts/sketch%7C1/sketch.png`, { authorization: 'demo' }),
      fetched(`${subgraph.url}/v1/contracts/sketch%7C1/sketch.pdf`, { authorization: 'demo' }),
      fetched(`${subgraph.url}/v1/contracts/sketch%7C1/sketch.pdf`),
      fetched(`${subgraph.url}/v1/contracts/none/sketch.png`, { authorization: 'demo' }),
    ]);
    expect([png.status, png.type, png.bytes.toString('latin1', 1, 4)]).toEqual([200, 'image/png', 'PNG']);
    expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20) > 1_000]).toEqual([1_600, true]);
    expect([pdf.status, pdf.type, pdf.bytes.toString('latin1', 0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
    expect(pdf.bytes.toString('latin1')).toContain('/MediaBox [0 0 595.28 841.89]');
    expect([no.status, other.status]).toEqual([401, 404]);
  });

  it('has an address that works without a token, and that of another contract cannot be made of', async () => {
    const { body } = await ask('GET', '/contracts/sketch%7C1');
    const [png, pdf] = [String(body.sketchPng), String(body.sketchPdf)];
    expect(png).toMatch(`${subgraph.url}/v1/sketches/`);
    const sheets = await Promise.all([png, pdf].map((url) => fetched(url)));
    expect(sheets.map(({ status, type }) => [status, type])).toEqual([
      [200, 'image/png'],
      [200, 'application/pdf'],
    ]);
    const bent = await Promise.all(
      [`${png.slice(0, -6)}AA.png`, png.replace('.png', '.gif')].map((url) => fetched(url)),
    );
    expect(bent.map(({ status }) => status)).toEqual([404, 400]);
    await ask('POST', '/contracts/sketch%7C1/withdrawal');
    expect((await fetched(png)).status).toBe(404);
  });
});

describe('While it is told to stop', () => {
  it('a request that came before is answered 503, and says when to come back', async () => {
    const stopped = await startTestSubgraph({ env: { SHUTDOWN_GRACE_MS: '200' } });
    const { port } = new URL(stopped.url);
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    const body = JSON.stringify({ state: 'ACTIVE' });
    const head = ['PUT /integrations/cnt/v1/contracts/1/state HTTP/1.1', 'Host: x', 'Authorization: demo'];
    socket.write(
      `${[...head, 'Content-Type: application/json', `Content-Length: ${body.length}`].join('\r\n')}\r\n\r\n{`,
    );
    await once(socket, 'ready');
    const stop = stopped.stop();
    // Nobody new is taken on any more.
    await expect
      .poll(() =>
        fetch(stopped.root).then(
          () => 'open',
          () => 'closed',
        ),
      )
      .toBe('closed');
    socket.write(body.slice(1));
    await once(socket, 'end');
    expect(answer).toMatch(/^HTTP\/1\.1 503 .*retry-after: \d+.*"code":"JOURNAL_UNAVAILABLE"/is);
    await stop;
  });
});

describe('While OZmap is away', () => {
  it('a command that can wait is 202 with its operation, a reservation and a question are 503 with Retry-After', async () => {
    await reserve('waits');
    await subgraph.emulator.fault({ fault: 'status', status: 503 });
    const queued = await ask('POST', '/contracts/waits/activation');
    const taken = await reserve('not now');
    const asked = await ask('GET', '/contracts/waits');
    await subgraph.emulator.clearFaults();
    expect([queued.status, queued.body]).toMatchObject([
      202,
      { operationState: 'QUEUED', code: null, detail: expect.stringMatching(/assim que ele voltar/) },
    ]);
    for (const { status, headers, body } of [taken, asked])
      expect([status, body.code, Number(headers.get('retry-after')) > 0]).toEqual([503, 'UPSTREAM_UNAVAILABLE', true]);
    expect(await ended(queued)).toMatchObject({ action: 'client.activate', state: 'APPLIED' });
    expect(await clientOf('waits')).toMatchObject({ implanted: true });
  });

  it('a command whose answer is lost is 202, and its operation tells how it ended', async () => {
    await reserve('lost');
    await subgraph.emulator.fault({ fault: 'reset-after', times: 1, match: { method: 'PATCH', path: 'ftth-clients' } });
    const doubtful = await ask('POST', '/contracts/lost/activation');
    expect([doubtful.status, doubtful.body.code]).toEqual([202, 'UPSTREAM_OUTCOME_UNKNOWN']);
    expect(await ended(doubtful)).toMatchObject({ state: 'APPLIED' });
  });
});

describe('openapi.json', () => {
  it('names every route with its operation, and what it names is there', async () => {
    const named = Object.entries(openApi.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => ({ method: method.toUpperCase(), path, operationId })),
    );
    expect(openApi.openapi).toBe('3.1.0');
    expect(named.map(({ operationId }) => operationId).sort()).toEqual(
      [...OPERATIONS.matchAll(/^(?:query|mutation) (\w+)/gm)].map(([, name]) => name).sort(),
    );
    const statuses = named.map(async ({ method, path }) => {
      const url = `${subgraph.url}/v1${path.replace(/\{\w+\}/g, '1')}`;
      const { status } = await fetch(url, { method, headers: { 'accept-language': 'en' } });
      return `${method} ${path} ${status}`;
    });
    expect((await Promise.all(statuses)).filter((line) => /404|405|5\d\d$/.test(line))).toEqual([]);
  });
});

describe('The page at v1/', () => {
  it('shows every route of openapi.json, and loads nothing', async () => {
    const response = await fetch(`${subgraph.url}/v1`);
    const html = await response.text();
    expect([response.status, response.url]).toEqual([200, `${subgraph.url}/v1/`]);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /);
    for (const path of Object.keys(openApi.paths)) expect(html).toContain(`<code>${path}</code>`);
    expect(html).not.toMatch(/<script|src=|url\(|@import/);
  });
});

describe('Whatever is sent', () => {
  const WORDS = ['1', 'a/b', '', ' ', '-19.9', 'true', '\u0000', '\ud800', '__proto__', 'é', 'x'.repeat(300)];
  const value = fc.oneof(
    fc.constantFrom(...WORDS),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(0, -0.5, 1e21, 2 ** 60, null, true),
    fc.array(fc.constantFrom(1, 'a', null), { maxLength: 2 }),
    fc.record({ lat: fc.double({ noNaN: true }), lng: fc.constantFrom('1', 1, null) }),
  );
  const asText = (sent: unknown) =>
    encodeURIComponent((typeof sent === 'string' ? sent : JSON.stringify(sent)).toWellFormed());

  it('to whichever route, the answer is one that openapi.json describes, and no fault of this side', async () => {
    const routes = Object.entries(openApi.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]) => ({ path, method: method.toUpperCase(), ...described })),
    );
    const request = fc.constantFrom(...routes).chain(({ path, method, parameters, requestBody }) => {
      const fields = Object.keys(requestBody?.content[JSON_TYPE]?.schema.properties ?? {});
      const named = (place: string) => parameters.filter((one) => one.in === place).map(({ name }) => name);
      const values = (names: string[]) =>
        fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
      return fc.record({
        method: fc.constant(method),
        path: values(named('path')).map((sent) =>
          path.replace(/\{(\w+)\}/g, (_, name) => asText((sent as Json)[name] ?? 'x') || 'x'),
        ),
        query: values(named('query')),
        body: fields.length > 0 ? fc.option(values(fields), { nil: undefined }) : fc.constant(undefined),
      });
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ method, path, query, body }) => {
        const search = Object.entries(query).map(([name, sent]) => `${name}=${asText(sent)}`);
        const { status } = await ask(method, `${path}?${search.join('&')}`, body ? { body: body as Json } : {});
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 300, seed: 20, endOnFailure: true },
    );
  });
});

describe('A link to the map page', () => {
  it('leads to the service that was asked', async () => {
    const { status, body } = await ask('POST', '/ozloc-links', {
      body: form({ contractCode: 'link', state: 'sale 7' }),
      type: FORM_TYPE,
    });
    expect([status, body]).toMatchObject([201, { url: expect.stringContaining(`${subgraph.url}/ozloc#`) }]);
    const refused = await ask('POST', '/ozloc-links', {
      body: { contractCode: 'link', openerOrigin: 'https://cnt.example' },
    });
    expect([refused.status, refused.body]).toMatchObject([400, { code: 'BAD_USER_INPUT' }]);
  });
});

describe('docs/recipes/call-from-php.md', () => {
  it('can be followed with curl, line by line', async () => {
    const { lat, lng } = besides(box);
    const script = [...RECIPE.matchAll(/^```bash\n(.*?)^```/gms)]
      .map(([, code = '']) => code)
      .join('\n')
      .replace('http://127.0.0.1:14000/integrations/cnt', subgraph.url)
      .replaceAll('<box id>', box.id)
      .replaceAll('<lat>', String(lat))
      .replaceAll('<lng>', String(lng));
    const { stdout } = await promisify(execFile)('bash', ['-euc', script]);
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Json);
    expect(answers).toMatchObject([
      { viable: true },
      { contractCode: 'loja1|900001', state: 'AWAITING_ACTIVATION', name: 'José Conceição' },
      { state: 'ACTIVE' },
      { state: 'ACTIVE', name: 'José da Conceição' },
      { state: 'ACTIVE', boxId: box.id },
      { propertyId: expect.any(String) },
      { operations: [{ action: 'client.cancel' }, { action: 'client.update' }, { action: 'client.activate' }, {}] },
    ]);
    expect(answers).toHaveLength(7);
  });
});
