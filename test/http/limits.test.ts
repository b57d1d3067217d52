import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestSubgraph } from '../support/start-subgraph.js';

async function started(env: NodeJS.ProcessEnv) {
  const subgraph = await startTestSubgraph({ env });
  onTestFinished(() => subgraph.stop());
  return subgraph;
}

const QUERY = '{ client(contractCode: 1) { name } }';

describe('The rate limit', () => {
  it('is per token once OZmap knows it, and tells when to come back', async () => {
    const subgraph = await started({ RATE_LIMIT_PER_MINUTE: '3' });
    const ask = (token: string) => subgraph.query(QUERY, {}, { token });
    // The first request of each token counts for the address: OZmap was not asked yet.
    await ask('demo');
    await ask('demo-norte');
    const answers = [await ask('demo'), await ask('demo'), await ask('demo'), await ask('demo')];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    const refused = answers[3];
    expect(refused?.errors[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfterS: expect.any(Number) });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask('demo-norte')).status).toBe(200);
  });

  it('holds back whoever guesses tokens', async () => {
    const subgraph = await started({ RATE_LIMIT_PER_MINUTE: '3' });
    const statuses = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await subgraph.query(QUERY, {}, { token: `guess-${i}` })).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });
});

describe('The time limit', () => {
  it('answers REQUEST_TIMEOUT, and asks OZmap nothing more for a query', async () => {
    const subgraph = await started({ REQUEST_TIMEOUT_MS: '300' });
    await subgraph.query(QUERY);
    await subgraph.emulator.fault({ fault: 'delay', delayMs: 600, match: { path: '^/api/v2/boxes' } });
    await subgraph.emulator.clearRequests();
    const box =
      '{ box(id: "ffffffffffffffffffffffff") { type { code } } boxes(near: {lat: 1, lng: 1}, radiusM: 9) { box { splitters { id } } } }';
    const { data, errors } = await subgraph.query(box);
    expect([data, errors[0]?.extensions]).toEqual([undefined, { code: 'REQUEST_TIMEOUT' }]);
    await new Promise((resolve) => setTimeout(resolve, 900));
    const routes = (await subgraph.emulator.requests()).map(({ path }) => path);
    expect(routes.filter((path) => !path.startsWith('/api/v2/boxes'))).toEqual([]);
  });
});

describe('Introspection switched off', () => {
  it('keeps the schema from strangers, and its text for known tokens only', async () => {
    const subgraph = await started({ INTROSPECTION: 'false' });
    const schema = await subgraph.query('{ __schema { queryType { name } } }');
    expect(schema.errors[0]).toMatchObject({
      message: 'Introspection is switched off here.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    const stranger = await subgraph.query('{ _service { sdl } }', {}, { token: null });
    expect(stranger.errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    const known = await subgraph.query<{ _service: { sdl: string } }, unknown>('{ _service { sdl } }');
    expect(known.data?._service.sdl).toContain('type Box');
  });
});
