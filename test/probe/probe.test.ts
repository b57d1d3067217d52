import { afterEach, describe, expect, it } from 'vitest';
import { CHECKS, type ProbeLine, probeCommand, runProbe } from '../../src/probe/command.js';
import { startTestEmulator } from '../support/start-emulator.js';
import { json, type TinyServer, tinyServer } from '../support/tiny-server.js';
import { differentOzmap } from './different-server.js';

let server: TinyServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function linesOf(url: string, token = 'token'): Promise<Map<number | string, ProbeLine>> {
  const report = await runProbe(url, token);
  if (report.state !== 'ran') throw new Error(report.why);
  return new Map(report.lines.map((line) => [line.number ?? line.assumption, line]));
}

describe('the probe', () => {
  it('has one line for each of the 22 open questions, in their order, and some of its own', () => {
    const numbers = CHECKS.map(({ number }) => number);
    expect(numbers.slice(0, 22)).toEqual(Array.from({ length: 22 }, (_, i) => i + 1));
    expect(numbers.slice(22).every((number) => number === null)).toBe(true);
  });

  it('finds the embedded OZmap as assumed in all that reading can tell', async () => {
    const emulator = await startTestEmulator();
    const lines = await linesOf(emulator.url, 'demo');
    const requests = await emulator.requests();
    await emulator.stop();
    expect([...lines.values()].filter(({ verdict }) => verdict === 'differs')).toEqual([]);
    const untold = [...lines].filter(([, { verdict }]) => verdict !== 'holds').map(([key]) => key);
    expect(untold).toEqual([5, 6, 11, 12, 14, 15, 18, 21, 22]);
    expect(requests.length).toBeLessThan(40);
  });

  it('names what is otherwise on a different OZmap', async () => {
    server = await tinyServer(differentOzmap);
    const lines = await linesOf(server.url);
    const differences = [...lines]
      .filter(([, { verdict }]) => verdict === 'differs')
      .map(([key, { how }]) => [key, how]);
    expect(differences).toEqual([
      [1, 'answers by point 404, by pole not asked: none near'],
      [2, 'there is no refused_boxes; the answer has feasible, ctos'],
      [4, 'a missing id: 404 with reason; a bad token: 403 with reason'],
      [7, 'properties/client/{code} of a known client answers 200 without a list'],
      [8, '404, which this service takes for none'],
      [9, '"and" of two ids found 1, "or" found no list'],
      [10, 'a list comes without its envelope'],
      [11, 'GET drops/{id} of a drop answers 404'],
      [13, '1 of 2 homes without client have an open entry'],
      [16, '1 of 2 listed clients carry deletedAt'],
      [17, 'mode unknown, radius unknown m, at most unknown boxes; set VIABILITY_RADIUS_M'],
      [19, 'origin not allowed, headers not allowed; this service does not need it'],
      [20, 'bare 200, with Bearer 400; this service sends it bare'],
      [
        'homes can be asked for by external_id',
        'the filter is ignored: lost creates are recognised by code, box and place instead',
      ],
      ['a list of a full URL (7 KiB) of ids is answered', 'answers 200 with no rows'],
      ['the near filter takes its radius in metres, nearest first', '2 of 3 boxes lie beyond 250 m'],
      ['the within filter takes a GeoJSON polygon', 'an area of 20 m around a box gives 3 boxes'],
    ]);
  });

  it('only reads, one question at a time, and few of them', async () => {
    let open = 0;
    let most = 0;
    server = await tinyServer((request, response, nth) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open -= 1;
        differentOzmap(request, response, nth);
      }, 1);
    });
    await linesOf(server.url);
    expect(most).toBe(1);
    expect(new Set(server.got.map(({ method }) => method))).toEqual(new Set(['GET', 'OPTIONS']));
    expect(server.got.length).toBeLessThan(40);
  });

  it('goes on when one question gets no answer', async () => {
    server = await tinyServer((request, response, nth) =>
      request.url.includes('system-configs')
        ? response.socket?.resetAndDestroy()
        : differentOzmap(request, response, nth),
    );
    const lines = await linesOf(server.url);
    expect(lines.get(17)).toMatchObject({
      verdict: 'cannot be told by reading',
      how: 'OZmap did not answer (ECONNRESET)',
    });
    expect(lines.size).toBe(CHECKS.length);
  });
});

describe('npm run probe', () => {
  const run = async (
    env: NodeJS.ProcessEnv,
    { args = [], columns }: { args?: string[]; columns?: number } = {},
  ): Promise<{ code: number; text: string }> => {
    let text = '';
    const code = await probeCommand(args, env, { write: (piece) => (text += piece), ...(columns && { columns }) });
    return { code, text };
  };

  it('writes a line for each assumption, ends with 0, and keeps the token to itself', async () => {
    server = await tinyServer(differentOzmap);
    const { code, text } = await run({ OZMAP_URL: server.url, OZMAP_TOKEN: 'token' });
    expect(code).toBe(0);
    const [, differing = '', untold = ''] = text.split(/^(?:Differs|Cannot be told).*\n\n/m);
    expect(differing).toContain(' 8  properties/client/{code} of an unknown code answers []: 404, which');
    expect(untold).toContain(' 5  force overrides');
    expect(text).toMatch(/0 hold, 17 differ, \d+ cannot be told by reading; \d+ questions, nothing was changed\.\n$/);
  });

  it('breaks lines where a terminal ends, and at 100 columns at most, between words', async () => {
    server = await tinyServer(differentOzmap);
    const env = { OZMAP_URL: server.url, OZMAP_TOKEN: 'token' };
    const lines = async (columns?: number) => (await run(env, columns ? { columns } : {})).text.split('\n');
    const longest = (of: string[]) => Math.max(...of.map(({ length }) => length));
    const [whole, narrow, wide] = [await lines(), await lines(80), await lines(300)];
    expect(longest(whole)).toBeGreaterThan(100);
    expect(longest(narrow)).toBeLessThanOrEqual(80);
    expect(longest(wide)).toBeLessThanOrEqual(100);
    expect(narrow.join(' ').replace(/\s+/g, ' ')).toBe(whole.join(' ').replace(/\s+/g, ' '));
  });

  it('writes one JSON object where --json asks for it', async () => {
    server = await tinyServer(differentOzmap);
    const { code, text } = await run({ OZMAP_URL: server.url, OZMAP_TOKEN: 'token' }, { args: ['--json'] });
    const { checks, ...rest } = JSON.parse(text);
    expect([code, rest]).toEqual([0, { state: 'ran', asked: expect.any(Number), geocoder: null }]);
    expect(checks).toHaveLength(CHECKS.length);
    expect(checks[7]).toEqual({
      number: 8,
      name: 'properties/client/{code} of an unknown code answers []',
      outcome: 'differs',
      detail: '404, which this service takes for none',
      seconds: expect.any(Number),
    });
    expect(await run({ OZMAP_URL: 'http://127.0.0.1:1', OZMAP_TOKEN: 'very-secret' }, { args: ['--json'] })).toEqual({
      code: 1,
      text: '{"state":"unreachable","why":"ECONNREFUSED","geocoder":null}\n',
    });
  });

  it.each([
    ['--help', 0],
    ['--jason', 2],
  ])('tells how it is used, and its exit codes, when given %s', async (arg, code) => {
    expect(await run({}, { args: [arg] })).toEqual({ code, text: expect.stringMatching(/^usage: .*exit code: 0/s) });
  });

  it.each<[string, 'GOOGLE_MAPS_URL' | 'NOMINATIM_URL', number, object, string | RegExp]>([
    ['answers', 'GOOGLE_MAPS_URL', 200, { status: 'OK', results: [] }, 'The geocoder google answers.\n'],
    ['refuses the key', 'GOOGLE_MAPS_URL', 200, { status: 'REQUEST_DENIED' }, /GEOCODER_REFUSED .*REQUEST_DENIED/],
    ['has had enough', 'NOMINATIM_URL', 429, {}, /GEOCODER_QUOTA .*nominatim answered 429/],
    ['is broken', 'NOMINATIM_URL', 502, {}, /GEOCODER_UNAVAILABLE .*502/],
  ])('tells of a geocoder that %s, without its key, and ends as OZmap has it', async (_, name, status, body, line) => {
    const geocoder = await tinyServer((_request, response) => json(response, body, status));
    server = await tinyServer(differentOzmap);
    const choice = name === 'NOMINATIM_URL' ? { GEOCODER: 'nominatim' } : { GOOGLE_MAPS_API_KEY: 'very-secret' };
    const { code, text } = await run({ OZMAP_URL: server.url, OZMAP_TOKEN: 'token', [name]: geocoder.url, ...choice });
    await geocoder.stop();
    expect(code).toBe(0);
    const [, last] = text.split('nothing was changed.\n');
    expect(last).toMatch(line);
    expect(text).not.toContain('very-secret');
  });

  it('ends with 1 when nobody listens', async () => {
    expect(await run({ OZMAP_URL: 'http://127.0.0.1:1', OZMAP_TOKEN: 'very-secret' })).toEqual({
      code: 1,
      text: 'OZmap cannot be reached: ECONNREFUSED\n',
    });
  });

  it('ends with 1 when the token is refused, without showing it', async () => {
    server = await tinyServer((_, response) => json(response, { message: 'bad token very-secret' }, 401));
    const { code, text } = await run({ OZMAP_URL: server.url, OZMAP_TOKEN: 'very-secret' });
    expect(code).toBe(1);
    expect(text).toBe('OZmap is there, but lets nobody in: it answers 401 to OZMAP_TOKEN\n');
  });

  it.each([{}, { OZMAP_URL: 'http://x' }, { OZMAP_URL: 'no url', OZMAP_TOKEN: 't' }])(
    'says what it needs when given %j',
    async (env) => {
      expect(await run(env)).toMatchObject({ code: 1, text: expect.stringContaining('Set OZMAP_URL') });
    },
  );
});
