import { afterEach, describe, expect, it } from 'vitest';
import { SEND, type Write } from '../../src/domain/write.js';
import { UpstreamUnavailableError } from '../../src/errors/app-error.js';
import { createCircuit } from '../../src/ozmap/circuit.js';
import { createOzmap } from '../../src/ozmap/create-ozmap.js';
import type { OzmapConnector } from '../../src/ozmap/types.js';
import { failureOf } from '../support/failure-of.js';
import { envelope, idOf } from '../support/ozmap-answers.js';
import { json, type TinyServer, tinyServer } from '../support/tiny-server.js';
import { until } from '../support/until.js';

let server: TinyServer;
let connector: OzmapConnector;
afterEach(async () => {
  connector.stop();
  await server.stop();
});

const UNAVAILABLE = { code: 'UPSTREAM_UNAVAILABLE' };

describe('The circuit in front of OZmap', () => {
  it('asks a dead OZmap no more, and trusts it again once one request gets through', async () => {
    let status = 501;
    server = await tinyServer((_request, response) => json(response, envelope([]), status));
    const changes: boolean[] = [];
    const circuit = createCircuit({ failures: 3, pauseMs: 200, onChange: (open) => changes.push(open) });
    connector = createOzmap({ url: server.url, circuit });
    const ozmap = connector.as('t');
    const write = ozmap.updateClient(idOf(1), { implanted: true });
    expect(write).toMatchObject({ method: 'PATCH', path: `ftth-clients/${idOf(1)}` });
    // A write is not retried: each of these is one request.
    status = 500;
    for (let i = 0; i < 3; i += 1)
      expect(await failureOf(write[SEND]())).toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN' });
    expect(circuit.isOpen()).toBe(true);
    for (let i = 0; i < 5; i += 1) {
      expect(await failureOf(write[SEND]())).toMatchObject(UNAVAILABLE);
      expect(await failureOf(ozmap.findProjects())).toMatchObject(UNAVAILABLE);
    }
    expect(server.got).toHaveLength(3);
    status = 200;
    await until(() =>
      ozmap.findProjects().then(
        () => true,
        () => false,
      ),
    );
    expect(await write[SEND]()).toMatchObject({ status: 200 });
    expect(changes).toEqual([true, false]);
  });

  it('stands before every request, whatever the method is called that makes it', async () => {
    server = await tinyServer((_request, response) => json(response, envelope([])));
    const closed = async () => {
      throw new UpstreamUnavailableError('closed');
    };
    connector = createOzmap({ url: server.url, circuit: { isOpen: () => true, through: closed } });
    const methods = Object.values(connector.as('t')) as ((...args: unknown[]) => unknown)[];
    const asked = methods.map(async (method) => {
      const made = await method([idOf(1)], 1, 1);
      return typeof made === 'object' && made !== null && SEND in made ? (made as Write<unknown>)[SEND]() : made;
    });
    const settled = await Promise.allSettled(asked);
    expect(settled.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(20);
    expect(server.got).toEqual([]);
  });

  it('takes refusals for signs of life', async () => {
    server = await tinyServer((_request, response) => json(response, { message: 'não' }, 400));
    const circuit = createCircuit({ failures: 2 });
    connector = createOzmap({ url: server.url, circuit });
    const write = connector.as('t').updateClient(idOf(1), { implanted: true });
    for (let i = 0; i < 3; i += 1) expect(await failureOf(write[SEND]())).toMatchObject({ code: 'UPSTREAM_REFUSED' });
    expect(circuit.isOpen()).toBe(false);
  });
});
