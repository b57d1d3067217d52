import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { receiversAt } from '../../../src/domain/events.js';
import { UpstreamRefusedError } from '../../../src/errors/app-error.js';
import { faultOf } from '../../../src/saga/fault.js';
import { failureOf } from '../../support/failure-of.js';
import { activate, rename } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { openJournal, type TestJournal } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

const lines: string[] = [];
let place: Place;
let journal: TestJournal;
let host: string;

beforeAll(async () => {
  const closed = createServer();
  await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done));
  host = `127.0.0.1:${(closed.address() as AddressInfo).port}`;
  await new Promise((done) => closed.close(done));
  place = (await engines[0]?.place()) as Place;
  journal = await openJournal(place, {
    logger: pino({ level: 'info' }, { write: (line) => void lines.push(line) }),
    receivers: () => receiversAt([`http://${host}/hooks/sekret-path?key=sekret-key`], `whsec_${btoa('sekret')}`),
  });
  await journal.start();
});
afterAll(async () => {
  await journal.stop();
  await place.remove();
});

const logged = async (message: string) => {
  const line = () => lines.find((one) => one.includes(message));
  await until(() => line() !== undefined);
  return JSON.parse(line() ?? '');
};

it('The log tells which receiver did not take an event, and not the secrets in its URL', async () => {
  await journal.run(rename, { contractCode: 'g1', name: 'x' });
  expect(await logged('an event could not be delivered')).toMatchObject({
    receiver: host,
    code: 'ECONNREFUSED',
    attempts: 1,
  });
  expect(lines.join('')).not.toContain('sekret');
});

it('The log tells which operation did not end well in the background, and not what OZmap says of people', async () => {
  journal.plant.next('ok', 'lost-before', 'refuse');
  const { operationId } = await failureOf(journal.run(activate, { contractCode: 'g2' }));
  expect(await logged('a resumed operation did not end well')).toMatchObject({ operationId, code: 'UPSTREAM_REFUSED' });
  expect(lines.join('')).not.toContain('Maria');
});

it('The log tells each time that the journal cannot be written any more, and each time that it can be again', async () => {
  const told = () => lines.flatMap((line) => /the journal can(?:not)? be written/.exec(line) ?? []);
  for (const time of [1, 2]) {
    await journal.execute('alter table operation rename to elsewhere');
    for (const _ of [1, 2]) expect((await journal.health()).database).toBe('down');
    await journal.execute('alter table elsewhere rename to operation');
    for (const _ of [1, 2]) expect((await journal.health()).database).toBe('up');
    expect(told()).toHaveLength(2 * time);
  }
  expect(told()[2]).toContain('cannot');
});

it('The log tells where an unexpected failure came from, without its words', () => {
  const fault = faultOf(Object.assign(new TypeError('Porta ocupada\n    at Maria'), { code: '23505' }));
  expect(fault).toMatchObject({ code: '23505', reason: null, error: 'TypeError' });
  expect(fault.at?.[0]).toContain('log.test');
  expect(JSON.stringify(fault)).not.toContain('Maria');
  expect(faultOf(new UpstreamRefusedError(400, 'Porta ocupada por Maria'))).toEqual({
    code: 'UPSTREAM_REFUSED',
    reason: null,
    error: 'UpstreamRefusedError',
  });
});
