import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { DEMO_TOKEN, startEmbeddedOzmap } from '../../src/app/embedded-ozmap.js';
import { cityFolderOf } from '../support/towns.js';

const CAPITALS = /\p{Lu}{5}/u;

it('The embedded OZmap names its homes in reading case, where the city at hand writes its streets in capitals', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'embedded-city-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(cityFolderOf('olho-dagua-do-oeste') ?? '', folder, { recursive: true });
  const doors = join(folder, 'addresses.csv');
  const [head, ...rows] = readFileSync(doors, 'utf8').split('\n');
  writeFileSync(doors, [head, ...rows.map((row) => row.toUpperCase())].join('\n'));
  const embedded = await startEmbeddedOzmap({
    cityFolder: folder,
    port: 0,
    dataDir: join(folder, 'data'),
    control: false,
    logger: pino({ level: 'silent' }),
  });
  onTestFinished(() => embedded.stop());
  const headers = { authorization: DEMO_TOKEN };
  const answer = await fetch(`${embedded.url}/api/v2/properties?limit=50`, { headers });
  const homes = ((await answer.json()) as { rows: { address: string }[] }).rows;
  expect(embedded.city.addresses.some(({ street }) => CAPITALS.test(street))).toBe(true);
  expect([homes.length > 0, homes.filter(({ address }) => CAPITALS.test(address))]).toEqual([true, []]);
});
