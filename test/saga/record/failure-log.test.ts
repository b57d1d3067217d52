import { expect, it } from 'vitest';
import { UpstreamUnavailableError } from '../../../src/errors/app-error.js';
import { FailureLog } from '../../../src/saga/background/claimer.js';

it('Why attempts fail is logged once a minute for each work and cause, by codes and without any message', () => {
  const lines: object[] = [];
  const log = (facts: object) => lines.push(facts);
  let now = 0;
  const failures = new FailureLog({ info: log, warn: log, error: log }, () => now);
  const away = new UpstreamUnavailableError('Porta ocupada por Maria');
  failures.failed({ name: 'queue', table: 'operation' }, '1', away);
  failures.failed({ name: 'queue', table: 'operation' }, '2', away);
  failures.failed({ name: 'reconciler', table: 'operation' }, '2', away);
  failures.failed({ name: 'queue', table: 'operation' }, '3', Object.assign(new Error('Maria'), { code: '57P01' }));
  failures.failed({ name: 'queue', table: 'operation' }, '4', new TypeError('Maria'));
  now = 60_000;
  failures.failed({ name: 'queue', table: 'operation' }, '5', away);
  failures.failed({ name: 'events', table: 'delivery' }, '6', away);
  expect(lines).toMatchObject([
    { work: 'queue', operationId: '1', code: 'UPSTREAM_UNAVAILABLE' },
    { work: 'reconciler', operationId: '2', code: 'UPSTREAM_UNAVAILABLE' },
    { operationId: '3', code: '57P01' },
    { operationId: '4', code: null, error: 'TypeError' },
    { operationId: '5', code: 'UPSTREAM_UNAVAILABLE' },
    { work: 'events', deliveryId: '6', code: 'UPSTREAM_UNAVAILABLE' },
  ]);
  expect(JSON.stringify(lines)).not.toContain('Maria');
});
