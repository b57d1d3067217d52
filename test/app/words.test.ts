import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { failureText, readyText } from '../../src/app/words.js';

const app = {
  url: 'http://127.0.0.1:14000/integrations/cnt',
  opsUrl: 'http://127.0.0.1:14000',
  ozmapUrl: 'http://127.0.0.1:9994',
  embedded: true,
  database: 'embedded',
  example: { address: "Rua Sant'Ana, 10", location: null, boxId: null },
  stop: async () => {},
};

describe('The line to paste', () => {
  it('survives a shell, apostrophes included', () => {
    const line = /curl .*/.exec(readyText(app))?.[0] ?? '';
    const shown = execFileSync('sh', ['-c', `${line.replace('curl -s', "printf '%s\\n'")}`], { encoding: 'utf8' });
    const body = shown.trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(body)).toMatchObject({ variables: { address: "Rua Sant'Ana, 10" } });
  });

  it('shows no token of a real OZmap', () => {
    expect(readyText({ ...app, embedded: false, example: null })).toContain("'authorization: <OZmap token>'");
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
