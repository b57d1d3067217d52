import { rm } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createOzmap } from '../../../src/ozmap/create-ozmap.js';
import { createJournal } from '../../../src/saga/create-journal.js';
import { TokenMemory } from '../../../src/store/tokens/token-memory.js';
import { emptyDataDir } from '../../support/empty-data-dir.js';
import { startTestEmulator } from '../../support/start-emulator.js';

const owner = { ownerId: 'u1', ownerName: 'api-cnt' };

/** A memory over a real OZmap and a real journal, for which no answer serves twice. */
async function openMemory() {
  const dataDir = await emptyDataDir();
  const emulator = await startTestEmulator();
  const connector = createOzmap({ url: emulator.url });
  const journal = await createJournal({
    database: { dataDir },
    commands: [],
    backgroundSession: () => null,
    backgroundProjectIds: async () => [],
  });
  onTestFinished(async () => {
    connector.stop();
    await journal.stop();
    await emulator.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  const memory = new TokenMemory({
    store: journal,
    held: { hold: () => {} },
    projectIdsOf: async (token) => (await connector.as(token).findProjects()).map(({ id }) => id),
    ttlMs: 0,
    graceHours: 24,
  });
  return { memory, journal, goAway: () => emulator.stop() };
}

it('takes what a token saw from memory while OZmap is away, but not when OZmap refuses the token', async () => {
  const { memory, journal, goAway } = await openMemory();
  await journal.rememberToken('revoked', { ...owner, projectIds: ['sul'] });
  await expect(memory.viewer('revoked', owner)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await goAway();
  expect(await memory.viewer('revoked', owner)).toEqual({ ownerId: 'u1', projectIds: ['sul'] });
});
