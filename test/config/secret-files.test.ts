import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SECRETS } from '../../src/config/variables.js';
import { ConfigError, readConfig } from '../../src/config.js';

const SESSION = randomBytes(32).toString('hex');
const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function messageOf(env: NodeJS.ProcessEnv): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the configuration was taken');
}

describe('A secret in a file', () => {
  it('is read like the variable, without the line end that editors add', () => {
    const config = readConfig({
      OZMAP_URL: 'https://ozmap.example:9994',
      OZMAP_TOKEN_FILE: fileWith('token', 'key-of-the-integration\n'),
      GOOGLE_MAPS_API_KEY_FILE: fileWith('google', '  key-of-google\r\n'),
      DATABASE_URL_FILE: fileWith('database', 'postgres://cnt:pass@db:5432/cnt\n'),
      SESSION_SECRET_FILE: fileWith('session', `${SESSION}\n`),
    });
    expect(config).toMatchObject({
      ozmap: { kind: 'real', token: 'key-of-the-integration' },
      geocoder: { kind: 'google', apiKey: 'key-of-google' },
      databaseUrl: 'postgres://cnt:pass@db:5432/cnt',
      pages: { sessionSecret: SESSION },
    });
  });

  it('may be given for every variable that is never shown', () => {
    const messages = SECRETS.map((name) => messageOf({ [`${name}_FILE`]: join(folder, 'absent') }));
    for (const [index, name] of SECRETS.entries()) {
      expect(messages[index]).toContain(
        `${name}_FILE got ${JSON.stringify(join(folder, 'absent'))}, which cannot be read (ENOENT)`,
      );
    }
  });

  it('stops the start beside its variable, and neither value is shown', () => {
    const message = messageOf({
      SESSION_SECRET: 'plain'.repeat(8),
      SESSION_SECRET_FILE: fileWith('both', 'filed'.repeat(8)),
    });
    expect(message).toContain('SESSION_SECRET_FILE is set beside SESSION_SECRET: only one of them may be');
    expect(message).not.toMatch(/plain|filed/);
  });

  it('stops the start when its file is empty', () => {
    const message = messageOf({
      WEBHOOK_SECRET_FILE: fileWith('empty', ' \n'),
      WEBHOOK_URLS: 'https://cnt.example/events',
    });
    expect(message).toContain('which is empty');
  });

  it('is refused by the same rule as the variable, unseen', () => {
    const message = messageOf({ DATABASE_URL_FILE: fileWith('wrong', 'mysql://root:hunter2@db') });
    expect(message).toContain('DATABASE_URL got a value (not shown)');
    expect(message).not.toContain('hunter2');
  });
});
