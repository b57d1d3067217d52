import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readEnvFile } from '../../src/config/env-file.js';

/** A working folder with this `.env`. */
async function folderWith(file: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'env-file-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, '.env'), file);
  return folder;
}

describe('.env', () => {
  it('adds what the environment does not say and leaves what it says, empty or not', async () => {
    const env = { PORT: '1', BASE_PATH: '' };
    expect(readEnvFile(env, await folderWith('PORT=2\nHOST="127.0.0.1" # here\nBASE_PATH=/x\n'))).toEqual([]);
    expect(env).toEqual({ PORT: '1', BASE_PATH: '', HOST: '127.0.0.1' });
  });

  it('may be missing', () => {
    expect(readEnvFile({}, tmpdir())).toEqual([]);
  });

  it('warns of a name that nothing reads, with the nearest that is read, and never with a value', async () => {
    const file = [
      'OZMAP_TIMEOUT=15',
      'WEBHOOK_URL=https://hidden.example',
      'COR=azul',
      'SESSION_SECRET_FILE=/run/secrets/session',
      'POSTGRES_PASSWORD=hidden',
      'NODE_OPTIONS=--max-old-space-size=512',
      'TZ=America/Sao_Paulo',
    ].join('\n');
    expect(readEnvFile({}, await folderWith(file))).toEqual([
      'COR in .env is read by nothing',
      'OZMAP_TIMEOUT in .env is read by nothing; did you mean OZMAP_TIMEOUT_MS?',
      'WEBHOOK_URL in .env is read by nothing; did you mean WEBHOOK_URLS?',
    ]);
  });
});

describe('The environment', () => {
  it('is warned of names within two letters of ours, and of no other', () => {
    const usual = { HOME: '/root', PATH: '/bin', LOGNAME: 'x', PGHOST: 'db', HOSTNAME: 'a', npm_config_registry: 'x' };
    expect(readEnvFile({ ...usual, GOOGLE_MAP_API_KEY: 'hidden', OZMAP_TOKNE: 'hidden' }, tmpdir())).toEqual([
      'GOOGLE_MAP_API_KEY is set, and nothing reads it; did you mean GOOGLE_MAPS_API_KEY?',
      'OZMAP_TOKNE is set, and nothing reads it; did you mean OZMAP_TOKEN?',
    ]);
  });
});
