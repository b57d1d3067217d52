import { rmSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { get } from 'node:https';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { canMakeCertificates, makeCertificate } from '../support/certificate.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph();
});
afterAll(() => subgraph.stop());

describe('An address where nothing is', () => {
  it.each(['/contracts/123.456', '/integrations/cnt/client/CTR-77?name=maria', '/integrations/cnt/assets/CTR-77.js'])(
    'is answered without repeating %s',
    async (path) => {
      const response = await fetch(subgraph.root + path);
      const text = await response.text();
      expect([response.status, JSON.parse(text)]).toEqual([
        404,
        {
          errors: [
            {
              message: 'Não há nada neste endereço.',
              extensions: { code: 'NOT_FOUND', details: [{ field: 'path' }] },
            },
          ],
        },
      ]);
      expect(text).not.toMatch(/123|CTR|maria/);
    },
  );

  it('is told in English to whoever prefers it', async () => {
    const response = await fetch(`${subgraph.root}/x`, { headers: { 'accept-language': 'en' } });
    expect(await response.json()).toMatchObject({ errors: [{ message: 'There is nothing at this address.' }] });
  });
});

describe('A value that its type does not allow', () => {
  const operations = `query($filter: IntegrationOperationFilter) {
    integrationOperations(filter: $filter) { edges { node { id } } }
  }`;
  it.each([
    ['a day that no calendar has', operations, { filter: { from: '2026-02-30T00:00:00Z' } }, 'from'],
    ['a word that no enum has', operations, { filter: { states: ['APPLIED', 'MAYBE'] } }, 'states[1]'],
    [
      'a day that no calendar has, as a variable',
      'query($to: DateTimeISO) { integrationOperations(filter: { to: $to }) { edges { node { id } } } }',
      { to: '2026-13-01T00:00:00Z' },
      'to',
    ],
    [
      'a day that no calendar has, in the document',
      '{ integrationOperations(filter: { to: "2026-02-30T00:00:00Z" }) { edges { node { id } } } }',
      {},
      'to',
    ],
    [
      'a word for a number',
      'query($at: [ViabilityInput!]!) { viabilities(inputs: $at) { viability { verdict } } }',
      { at: [{ address: 'Rua A, 1' }, { location: { lat: 'x', lng: 1 } }] },
      '[1].location.lat',
    ],
  ])('is refused by its field: %s', async (_what, document, variables, field) => {
    const { errors } = await subgraph.query(document, variables);
    expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', details: [{ field }] });
  });
});

describe('A name that the schema has not, where the schema is told', () => {
  const viability = 'query($input: ViabilityInput!) { viability(input: $input) { verdict } }';
  it.each<[string, string, Record<string, unknown>, string]>([
    ['of a field', '{ clientt(contractCode: 1) { name } }', {}, 'Query. Did you mean client or clients?'],
    ['of an argument', '{ box(idd: 1) { id } }', {}, 'Query.box. Did you mean id?'],
    [
      'of a type',
      'query($input: ViabilityInputt!) { __typename }',
      {},
      'exist. Did you mean ViabilityInput, Viability,',
    ],
    ['of a value', viability, { input: { mode: 'RADIU' } }, 'ViabilityMode. Did you mean RADIUS?'],
    ['of an input field', viability, { input: { adress: 'Rua Secreta' } }, 'ViabilityInput. Did you mean address?'],
    ['near to none', '{ secretsOfMaria }', {}, 'There is no such field on type Query.'],
  ])('%s is answered with the nearest that it has, and not repeated', async (_what, document, variables, told) => {
    const headers = { 'accept-language': 'en' };
    const messages = (await subgraph.query(document, variables, { headers })).errors.map(({ message }) => message);
    expect(messages).toContainEqual(expect.stringContaining(told));
    expect(messages.join()).not.toMatch(/clientt|idd|Inputt|RADIU\b|adress|Secreta|secrets/);
  });
});

describe('Every answer', () => {
  it.each([
    '/nowhere',
    '/healthz',
    '/readyz',
    '/metrics',
    '/integrations/cnt',
    '/integrations/cnt/ozloc',
    '/integrations/cnt/ozloc/',
    '/integrations/cnt/ozloc/config.json',
    '/integrations/cnt/tiles/0/0/0.pbf',
    '/integrations/cnt/explorer/config.json',
    '/integrations/cnt/assets/../../package.json',
  ])('at %s keeps browsers from guessing its type', async (path) => {
    const { headers } = await fetch(subgraph.root + path, { redirect: 'manual' });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it("says the number under which it is in the log: the router's, where that is one", async () => {
    const numberOf = async (sent?: string) => {
      const { headers } = await fetch(`${subgraph.root}/healthz`, sent ? { headers: { 'x-request-id': sent } } : {});
      return headers.get('x-request-id');
    };
    expect(await numberOf('router-7.0042')).toBe('router-7.0042');
    const own = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
    for (const sent of [undefined, 'a b', '<script>alert(1)</script>', 'x'.repeat(200)])
      expect(await numberOf(sent)).toMatch(own);
  });

  it('to a body that is refused does so, too', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(subgraph.url, { method: 'POST', headers, body: '{' });
    expect([response.status, response.headers.get('x-content-type-options')]).toEqual([400, 'nosniff']);
  });
});

describe.runIf(canMakeCertificates)('With a certificate of its own', () => {
  it('the service tells browsers to come by HTTPS only; its inner port needs none', async () => {
    const { folder, certFile, keyFile } = makeCertificate();
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const secure = await startTestSubgraph({ env: { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile, OPS_PORT: '0' } });
    onTestFinished(() => secure.stop());
    expect(new URL(secure.url).protocol).toBe('https:');
    const headers = await new Promise<IncomingHttpHeaders>((resolve, reject) => {
      get(`${secure.url}/ozloc/config.json`, { rejectUnauthorized: false }, (response) => {
        response.resume();
        resolve(response.headers);
      }).on('error', reject);
    });
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    expect((await fetch(`${secure.opsUrl}/healthz`)).headers.get('strict-transport-security')).toBeNull();
  });
});
