import { expect, it } from 'vitest';
import { UpstreamUnavailableError } from '../../src/errors/app-error.js';
import { JobFailures } from '../../src/saga/queue/job-failures.js';

it('Why jobs fail is logged once a minute for each cause, by codes and without any message', () => {
  const lines: object[] = [];
  const log = (facts: object) => lines.push(facts);
  let now = 0;
  const failures = new JobFailures({ info: log, warn: log, error: log }, () => now);
  const away = new UpstreamUnavailableError('Porta ocupada por Maria');
  failures.tell('1', away);
  failures.tell('2', away);
  failures.tell('3', Object.assign(new Error('Maria'), { code: '57P01' }));
  failures.tell('4', new TypeError('Maria'));
  now = 60_000;
  failures.tell('5', away);
  expect(lines).toMatchObject([
    { operationId: '1', code: 'UPSTREAM_UNAVAILABLE' },
    { operationId: '3', code: '57P01' },
    { operationId: '4', code: null, error: 'TypeError' },
    { operationId: '5', code: 'UPSTREAM_UNAVAILABLE' },
  ]);
  expect(JSON.stringify(lines)).not.toContain('Maria');
});
