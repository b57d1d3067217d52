import { expect, it } from 'vitest';
import { UpstreamUnavailableError } from '../../../src/errors/app-error.js';
import { FailureLog } from '../../../src/saga/background/claimer.js';

it('Why attempts fail is logged once a minute for each work and cause, by codes and without any message', () => {
  const lines: object[] = [];
  const log = (facts: object) => lines.push(facts);
  let now = 0;
  const failures = new FailureLog({ info: log, warn: log, error: log }, () => now);
  const away = new UpstreamUnavailableError('Porta ocupada por Maria');
  failures.failed('queue', '1', away);
  failures.failed('queue', '2', away);
  failures.failed('reconciler', '2', away);
  failures.failed('queue', '3', Object.assign(new Error('Maria'), { code: '57P01' }));
  failures.failed('queue', '4', new TypeError('Maria'));
  now = 60_000;
  failures.failed('queue', '5', away);
  expect(lines).toMatchObject([
    { work: 'queue', id: '1', code: 'UPSTREAM_UNAVAILABLE' },
    { work: 'reconciler', id: '2', code: 'UPSTREAM_UNAVAILABLE' },
    { id: '3', code: '57P01' },
    { id: '4', code: null, error: 'TypeError' },
    { id: '5', code: 'UPSTREAM_UNAVAILABLE' },
  ]);
  expect(JSON.stringify(lines)).not.toContain('Maria');
});
