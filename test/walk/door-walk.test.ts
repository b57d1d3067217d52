import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORM_TYPE, form, JSON_TYPE, type Json } from '../support/door.js';
import { hasPhp } from '../support/has-php.js';
import { startJournalled } from '../support/journalled.js';
import { besides } from '../support/plant.js';
import { cancelledHomes, readBack } from '../support/read-back.js';
import { Referee } from '../support/referee.js';

type Fields = Record<string, string | number>;
/** Sends one request to the door, and answers what came back. */
type Way = (method: string, path: string, fields: Fields) => Promise<Json>;

const RECIPE = readFileSync(join(import.meta.dirname, '../../docs/recipes/call-from-php.md'), 'utf8');
const run = promisify(execFile);

let journalled: Awaited<ReturnType<typeof startJournalled>>;
let sdk: Referee;
let folder: string;

beforeAll(async () => {
  journalled = await startJournalled({ boxes: 8 });
  sdk = new Referee(journalled.subgraph.emulator.url);
  folder = mkdtempSync(join(tmpdir(), 'life-'));
});
afterAll(async () => {
  sdk.stop();
  rmSync(folder, { recursive: true });
  await journalled.stop();
});

/** The body lies in a file, in its charset, as an ERP's would. */
function curl(type: string, charset: 'utf8' | 'latin1', text: (fields: Fields) => string): Way {
  return async (method, path, fields) => {
    const file = join(folder, 'body');
    writeFileSync(file, text(fields), charset);
    const headers = ['-H', 'Authorization: demo', '-H', `Content-Type: ${type}`];
    const url = `${journalled.subgraph.url}/v1/${path}`;
    const { stdout } = await run('curl', ['-sS', '-X', method, ...headers, '--data-binary', `@${file}`, url]);
    return JSON.parse(stdout) as Json;
  };
}

/** As PHP's `http_build_query` writes texts in Latin-1. */
const latin1Form = (fields: Fields) =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${[...Buffer.from(String(value), 'latin1')].map(percent).join('')}`)
    .join('&');
const percent = (byte: number) => `%${byte.toString(16).padStart(2, '0')}`;

const php: Way = async (method, path, fields) => {
  const [library = ''] = [...RECIPE.matchAll(/```php\n([\s\S]*?)```/g)].map(([, code]) => code);
  writeFileSync(join(folder, 'ozmap.php'), library, 'latin1');
  writeFileSync(
    join(folder, 'step.php'),
    `<?php require 'ozmap.php';
    list(, $api, $token, $method, $path, $sent) = $argv;
    parse_str($sent, $fields);
    echo json_encode(ozmap($method, $path, $fields));`,
  );
  const parameters = [`${journalled.subgraph.url}/v1`, 'demo', method, path, latin1Form(fields)];
  const { stdout } = await run('php', ['-d', 'default_charset=ISO-8859-1', 'step.php', ...parameters], { cwd: folder });
  return JSON.parse(stdout) as Json;
};

const WAYS: [name: string, way: Way][] = [
  ['curl in JSON', curl(JSON_TYPE, 'utf8', (fields) => JSON.stringify(fields))],
  ['curl in forms', curl(FORM_TYPE, 'utf8', form)],
  ['curl in bytes of Latin-1', curl(`${FORM_TYPE}; charset=ISO-8859-1`, 'latin1', plainForm)],
  ['curl in percent-encoded Latin-1', curl(`${FORM_TYPE}; charset=ISO-8859-1`, 'latin1', latin1Form)],
  ['curl in JSON of Latin-1', curl(`${JSON_TYPE}; charset=ISO-8859-1`, 'latin1', (fields) => JSON.stringify(fields))],
  ...(hasPhp('no contract lives by PHP') ? [['PHP', php] as [string, Way]] : []),
];

/** As a hand writes a form: letters beyond ASCII stand in it as they are. */
function plainForm(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${String(value).replaceAll(' ', '+').replaceAll('|', '%7C')}`)
    .join('&');
}

describe.each(WAYS)('By %s alone', (way, send) => {
  /** A contract that was reserved, with the box and port that it was told. */
  async function reserved(code: string) {
    const box = journalled.boxes[WAYS.findIndex(([name]) => name === way)];
    if (!box) throw new Error('no box');
    const place = { boxId: box.id, ...besides(box), address: 'Praça São João, 7' };
    const told = await send('POST', 'reservations', { contractCode: code, ...place, name: 'José Conceição' });
    expect(told).toMatchObject({ state: 'AWAITING_ACTIVATION', boxName: box.name, port: expect.any(Number) });
    const stands = { name: 'José Conceição', box: box.name, ports: [told.port] };
    expect(await readBack(sdk, code)).toEqual({ ...stands, implanted: false });
    return { stands, path: `contracts/${encodeURIComponent(code)}` };
  }

  it('a contract is reserved, activated, renamed and cancelled, and the official SDK reads each from OZmap', async () => {
    const code = `loja 1|${way}`;
    const { path, stands } = await reserved(code);
    await send('POST', `${path}/activation`, {});
    expect(await readBack(sdk, code)).toEqual({ ...stands, implanted: true });
    await send('PATCH', path, { name: 'João Araújo Ávila' });
    expect(await readBack(sdk, code)).toEqual({ ...stands, implanted: true, name: 'João Araújo Ávila' });
    await send('POST', `${path}/cancellation`, { disconnectDrop: 'true' });
    expect([await readBack(sdk, code), await cancelledHomes(sdk, code)]).toEqual([null, 1]);
  });

  it('a contract is reserved, and withdrawn without a trace', async () => {
    const code = `loja 1|${way} desiste`;
    const { path } = await reserved(code);
    await send('POST', `${path}/withdrawal`, {});
    expect([await readBack(sdk, code), await cancelledHomes(sdk, code)]).toEqual([null, 0]);
  });

  it('a contract lives by declarations in CNT’s own numbers', async () => {
    const code = `loja 1|${way} declara`;
    const { path, stands } = await reserved(code);
    const seen: unknown[] = [];
    for (const [state, name] of [[304], [200, 'Inês Ávila'], [300], [150]] as const) {
      await send('PUT', `${path}/state`, { state, ...(name && { name }) });
      seen.push(await readBack(sdk, code));
    }
    const ines = { ...stands, name: 'Inês Ávila', implanted: true };
    expect(seen).toEqual([{ ...stands, implanted: false }, ines, ines, null]);
    expect(await cancelledHomes(sdk, code)).toBe(1);
  });
});
