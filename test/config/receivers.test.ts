import { randomBytes } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openReceivers } from '../../src/config/receivers.js';
import { ConfigError, readConfig } from '../../src/config.js';

const folder = mkdtempSync(join(tmpdir(), 'receivers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const SECRET = newSecret();
const SUL = '5d9f3ff9200141000647f814';

/** Written beside and moved into its place, as whoever mounts files does it. */
function fileWith(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(`${file}.new`, typeof content === 'string' ? content : JSON.stringify(content));
  renameSync(`${file}.new`, file);
  return file;
}

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

const erp = { name: 'erp', url: 'https://erp.example/events?key=sekret', secret: SECRET };

describe('WEBHOOK_URLS that names a file', () => {
  it('has a receiver for each entry, with its secret, projects and types', () => {
    const file = fileWith('good.json', [
      { ...erp, projects: [SUL.toUpperCase()], types: ['client.*', 'reservation.expired'] },
      { name: 'bi', url: 'http://bi.internal:8080/', secretFile: 'bi.secret' },
    ]);
    const other = newSecret();
    fileWith('bi.secret', `${other}\n`);
    expect(readConfig({ WEBHOOK_URLS: file }).journal.webhooks).toEqual({
      receivers: [
        { ...erp, key: 'erp', projectIds: [SUL], types: ['client.*', 'reservation.expired'] },
        { name: 'bi', key: 'bi', url: 'http://bi.internal:8080/', secret: other, projectIds: null, types: null },
      ],
      files: [file, join(folder, 'bi.secret')],
    });
  });

  it.each([
    ['no file', undefined, /^WEBHOOK_URLS names ".*none\.json", which cannot be read$/],
    ['no JSON', '[{]', /which is no JSON list of one receiver or more$/],
    ['no receiver', [], /which is no JSON list of one receiver or more$/],
    ['an object', { receivers: [erp] }, /which is no JSON list of one receiver or more$/],
    ['no object in it', [erp, 'https://a.example'], /, in which entry 2 is no object$/],
    ['no name', [{ ...erp, name: 'two words' }], /, in which entry 1: name takes 1 to 40 letters/],
    ['a name twice', [erp, { ...erp, name: 'ERP' }], /, in which entry 2 \(ERP\): name stands there twice$/],
    ['no address', [{ ...erp, url: 'ftp://x' }], /, in which entry 1 \(erp\): url takes an address that starts/],
    [
      'a weak secret',
      [{ ...erp, secret: 'whsec_hunter2' }],
      /entry 1 \(erp\): secret takes whsec_ and 24 to 64 random/,
    ],
    ['no secret', [{ name: 'erp', url: erp.url }], /entry 1 \(erp\): secret or secretFile is needed, and only one/],
    ['two secrets', [{ ...erp, secretFile: 'x' }], /entry 1 \(erp\): secret or secretFile is needed, and only one/],
    [
      'no secret file',
      [{ name: 'erp', url: erp.url, secretFile: 'absent' }],
      /entry 1 \(erp\): secretFile names a file that cannot be read$/,
    ],
    ['a project by name', [{ ...erp, projects: ['Norte'] }], /entry 1 \(erp\): projects takes a list of ids/],
    [
      'an unknown type',
      [{ ...erp, types: ['client.born'] }],
      /entry 1 \(erp\): types takes a list of operation\.applied/,
    ],
    ['an unknown field', [{ ...erp, project: [SUL] }], /entry 1 \(erp\): project is no field$/],
  ])('stops the start with %s, in one message that says where and shows no secret', (_, content, message) => {
    const file = content === undefined ? join(folder, 'none.json') : fileWith('wrong.json', content);
    const faults = faultsOf({ WEBHOOK_URLS: file });
    expect(faults).toEqual([expect.stringMatching(message)]);
    expect(faults.join()).not.toMatch(/sekret|hunter2/);
    expect(faults.join()).not.toContain(SECRET);
  });

  it('tells of every entry that is wrong, beside whatever else is', () => {
    const file = fileWith('several.json', [{ ...erp, url: '' }, erp, { ...erp, name: 'bi', types: [], [SECRET]: 1 }]);
    const faults = faultsOf({ WEBHOOK_URLS: file, PORT: 'x' });
    expect(faults).toHaveLength(2);
    const message = faults.find((fault) => fault.startsWith('WEBHOOK_URLS')) ?? '';
    expect(message).toMatch(
      /entry 1 \(erp\): url .*; entry 3 \(bi\): types .*; entry 3 \(bi\): a key \(not shown\) is no/,
    );
    expect(message).not.toContain(SECRET);
  });

  it('has no use for WEBHOOK_SECRET', () => {
    expect(faultsOf({ WEBHOOK_URLS: fileWith('one.json', [erp]), WEBHOOK_SECRET: SECRET })).toEqual([
      expect.stringMatching(/^WEBHOOK_SECRET is set, and would not be read/),
    ]);
  });

  it('is read again when it or a file of a secret changes; one that is wrong leaves the receivers of before', () => {
    const [first, second] = [newSecret(), newSecret()];
    fileWith('turning.secret', first);
    const entry = { name: 'erp', url: erp.url, secretFile: 'turning.secret' };
    const file = fileWith('turning.json', [entry]);
    const { webhooks } = readConfig({ WEBHOOK_URLS: file }).journal;
    if (!webhooks) throw new Error('there are receivers');
    const lines: string[] = [];
    const note = (facts: object, message: string) => void lines.push(JSON.stringify({ ...facts, message }));
    const receivers = openReceivers(webhooks, { info: note, error: note });
    const seen = () => receivers().map(({ name, secret }) => [name, secret]);
    expect(seen()).toEqual([['erp', first]]);
    fileWith('turning.secret', second);
    expect(seen()).toEqual([['erp', second]]);
    fileWith('turning.json', [entry, { ...erp, name: 'bi' }]);
    expect(seen()).toEqual([
      ['erp', second],
      ['bi', SECRET],
    ]);
    fileWith('turning.json', [{ ...entry, name: '' }]);
    expect([seen().length, seen().length]).toEqual([2, 2]);
    // The file is whole again before the secret that it names is there.
    fileWith('turning.json', [{ ...entry, secretFile: 'late.secret' }]);
    expect(seen()).toHaveLength(2);
    fileWith('late.secret', first);
    expect([seen(), seen()]).toEqual([[['erp', first]], [['erp', first]]]);
    expect(lines.map((line) => JSON.parse(line).message)).toEqual([
      'WEBHOOK_URLS was read again',
      'WEBHOOK_URLS was read again',
      'WEBHOOK_URLS cannot be read again: its receivers of before stay',
      'WEBHOOK_URLS cannot be read again: its receivers of before stay',
      'WEBHOOK_URLS was read again',
    ]);
    expect(lines.join()).not.toMatch(/whsec_[A-Za-z0-9+/]|sekret/);
  });
});
