import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { prepareDataFolder } from '../../src/app/data-folder.js';
import { failureText } from '../../src/app/words.js';
import { startApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'data-folder-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it('makes the folder, and leaves nothing in it', async () => {
  const folder = join(newFolder(), 'a', 'b');
  await prepareDataFolder(folder);
  expect([existsSync(folder), readdirSync(folder)]).toEqual([true, []]);
});

it('says in one sentence that the disk has too little room, and how much is needed', async () => {
  const folder = newFolder();
  const failure = await prepareDataFolder(folder, Number.MAX_SAFE_INTEGER).catch(failureText);
  expect(failure).toMatch(
    /^The service could not start: DATA_DIR ".*" cannot be used: its disk has \d+ MiB left, and \d+ are needed\.$/,
  );
  expect(readdirSync(folder)).toEqual([]);
});

it.each([
  ['below a file', (file: string) => join(file, 'data'), /a part of its path is a file\.$/],
  ['a file', (file: string) => file, /it is a file\.$/],
])('a start with a DATA_DIR %s says so in one sentence', async (_where, dataDir, said) => {
  const file = join(newFolder(), 'file');
  writeFileSync(file, '');
  const config = readConfig({ DATA_DIR: dataDir(file), PORT: '0', EMULATOR_PORT: '0', LOG_LEVEL: 'silent' });
  const failure = await startApp(config).then(() => 'it started', failureText);
  expect(failure).toMatch(/^The service could not start: DATA_DIR "[^"]+" cannot be used: [^\n]+\.$/);
  expect(failure).toMatch(said);
});
