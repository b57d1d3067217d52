import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SECRETS, VARIABLES } from '../../src/config/variables.js';
import { readConfig } from '../../src/config.js';

const lines = readFileSync('.env.example', 'utf8').split('\n');
const listed = lines.flatMap((line) => /^(#?)([A-Z][A-Z0-9_]*)=(.*)$/.exec(line)?.slice(1) ?? []);
const entries: { commented: boolean; name: string; value: string }[] = [];
for (let index = 0; index < listed.length; index += 3) {
  entries.push({ commented: listed[index] === '#', name: listed[index + 1] ?? '', value: listed[index + 2] ?? '' });
}

/** Read by compose.yaml, or by Node itself. */
const AROUND_IT = ['POSTGRES_PASSWORD', 'NODE_IMAGE', 'POSTGRES_IMAGE'];

describe('.env.example', () => {
  it('lists every variable that the service or its container reads, and no other', () => {
    expect(entries.map((entry) => entry.name).sort()).toEqual([...Object.keys(VARIABLES), ...AROUND_IT].sort());
  });

  it('names the file variable of every secret', () => {
    const named = new Set(lines.join('\n').match(/[A-Z_]+_FILE\b(?!=)/g));
    expect([...named].sort()).toEqual(SECRETS.map((name) => `${name}_FILE`).sort());
  });

  it('shows the defaults', () => {
    const shown = Object.fromEntries(
      entries.filter((entry) => !entry.commented).map(({ name, value }) => [name, value]),
    );
    expect(readConfig(shown)).toEqual(readConfig({}));
  });
});
