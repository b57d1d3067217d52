import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { failureText, readyText, startingText } from '../../src/app/words.js';
import { startApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { emptyDataDir } from '../support/empty-data-dir.js';

const app = {
  url: 'http://127.0.0.1:14000/integrations/cnt',
  opsUrl: 'http://127.0.0.1:14000',
  ozmapUrl: 'http://127.0.0.1:9994',
  embedded: true,
  database: 'embedded',
  example: { address: "Rua Sant'Ana, 10", location: null, boxId: null },
  stop: async () => {},
};

const town = readConfig({});

describe('The line to paste', () => {
  it('survives a shell, apostrophes included', () => {
    const line = /curl .*/.exec(readyText(app, town))?.[0] ?? '';
    const shown = execFileSync('sh', ['-c', `${line.replace('curl -s', "printf '%s\\n'")}`], { encoding: 'utf8' });
    const body = shown.trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(body)).toMatchObject({ variables: { address: "Rua Sant'Ana, 10" } });
  });

  it('shows no token of a real OZmap, nor one that a platform would not take', () => {
    expect(readyText({ ...app, embedded: false, example: null }, town)).toContain("'authorization: <OZmap token>'");
    const jwt = { ...town, jwt: {} as NonNullable<typeof town.jwt> };
    expect(readyText(app, jwt)).toContain("'authorization: <token of your platform>'");
  });
});

describe('What to try', () => {
  it('is told of the generated town, and only of what the documents say of it', () => {
    const told = readyText(app, town).split('To try')[1]?.split('Try it:')[0] ?? '';
    const shown = [...told.matchAll(/ {2,}(\S[^()]*?) \(/g)].map(([, what = '']) => what.split(/ {2,}/).at(-1));
    const sheet = readFileSync('docs/emulator.md', 'utf8');
    expect(shown).toHaveLength(10);
    for (const what of shown) expect(sheet).toContain(`| \`${what}\` |`);
    expect(readyText(app, readConfig({ EMULATOR_SIZE: 'city' }))).not.toContain('100001');
  });
});

describe('A start that takes its time', () => {
  it('says what it is doing', () => {
    expect(startingText(town)).toMatch(/embedded OZmap.*town/);
    expect(startingText(readConfig({ EMULATOR_CITY: 'docs' }))).toMatch(/on docs.*minute/);
    const real = {
      OZMAP_URL: 'https://ozmap.example',
      OZMAP_TOKEN: 'k',
      GEOCODER: 'nominatim',
      NOMINATIM_URL: 'http://n',
    };
    expect(startingText(readConfig(real))).toContain('https://ozmap.example');
  });
});

describe('What kept the service from starting', () => {
  it('is one message without a stack', () => {
    expect(failureText(Object.assign(new Error('x'), { code: 'EACCES', port: 80 }))).toContain(
      'Port 80 may not be opened',
    );
    expect(failureText(new Error('the city folder is empty'))).toBe(
      'The service could not start: the city folder is empty',
    );
  });
});

describe('A start that fails later than its configuration', () => {
  it.each([
    ['DATABASE_URL', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }],
    ['GAZETTEER_DIR', { GEOCODER: 'gazetteer', GAZETTEER_DIR: import.meta.dirname }],
    ['SERVICE_AREA', { SERVICE_AREA: 'package.json' }],
    ['EMULATOR_CITY', { EMULATOR_CITY: import.meta.dirname }],
    ['AUDIT_FILE', { AUDIT_LOG: 'on', AUDIT_FILE: join(import.meta.dirname, 'none', 'audit.log') }],
    ['DATA_DIR', { DATA_DIR: '/proc/none' }],
  ])('names %s', async (variable, env: NodeJS.ProcessEnv) => {
    const DATA_DIR = await emptyDataDir();
    onTestFinished(() => rm(DATA_DIR, { recursive: true, force: true }));
    const config = readConfig({ PORT: '0', EMULATOR_PORT: '0', LOG_LEVEL: 'silent', DATA_DIR, ...env });
    await expect(startApp(config)).rejects.toThrow(new RegExp(`^${variable}\\b.*\\w`));
  });
});
