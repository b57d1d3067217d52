import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activateClient } from '../../src/commands/activate-client.saga.js';
import { cancelClient } from '../../src/commands/cancel-client.saga.js';
import { COMMANDS, runCommand } from '../../src/commands/commands.js';
import { reservePort } from '../../src/commands/reserve-port.saga.js';
import type { Session } from '../../src/commands/session.js';
import { updateClient } from '../../src/commands/update-client.saga.js';
import { withdrawReservation } from '../../src/commands/withdraw-reservation.saga.js';
import type { ContractCode } from '../../src/domain/contract-code.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { Command } from '../../src/saga/command.js';
import { createJournal } from '../../src/saga/create-journal.js';
import type { OperationJournal } from '../../src/saga/operation-journal.js';
import type { Fault } from '../support/emulator-control.js';
import { failureOf } from '../support/failure-of.js';
import { engines, type Place } from '../support/journal-engines.js';
import { until } from '../support/until.js';
import { freshCode } from './contracts.js';
import { openPlant, type Plant } from './plant.js';

const actor = { ownerId: 'u1', ownerName: 'demo', cntUser: null };
const WRITES = '^/api/v2/(properties|ftth-clients|cables|connect|disconnect)';

describe('The journal with the real commands and the embedded OZmap', () => {
  let place: Place;
  let plant: Plant;
  let journal: OperationJournal<Session>;
  let session: Session;
  let projectIds: string[];

  beforeAll(async () => {
    const [engine] = engines.slice(-1);
    if (!engine) throw new Error('no database');
    place = await engine.place();
    plant = await openPlant();
    session = plant.session({ findReservations: (codes) => journal.findReservations(codes) });
    projectIds = (await plant.ozmap.findProjects()).map(({ id }) => id);
    journal = await createJournal<Session>({
      database: place.database,
      commands: COMMANDS,
      backgroundSession: () => session,
      backgroundProjectIds: async () => (await plant.ozmap.findProjects()).map(({ id }) => id),
      settings: { tickMs: 50, outcomeSettleS: 1 },
    });
    await journal.start();
    await journal.rememberToken('demo', { ownerId: 'u1', ownerName: 'demo', projectIds });
  });
  afterAll(async () => {
    await journal.stop();
    await plant.stop();
    await place.remove();
  });

  const run = <Input extends JsonObject & { contractCode: ContractCode }, Outcome>(
    command: Command<Session, Input, Outcome>,
    input: Input,
    boxIds: string[] = [],
  ) => {
    const request = { input, contractCode: input.contractCode, idempotencyKey: null, boxIds };
    return runCommand(journal, command, { ...request, actor, token: 'demo', session });
  };
  const operation = (id: string | null | undefined) => journal.findOperation(id ?? '', { ownerId: 'u1', projectIds });
  const ended = async (id: string | null | undefined) => {
    await until(async () => !['PENDING', 'QUEUED', 'UNKNOWN'].includes((await operation(id))?.state ?? ''), 20_000);
    return operation(id);
  };
  const reserve = async () => {
    const { boxId, location } = await plant.freshSpot();
    const input = { contractCode: freshCode(), boxId, location, name: 'Casa' };
    return { input, go: () => run(reservePort, input, [boxId]) };
  };
  const losing = (fault: Fault['fault'], method: string, nth = 1) =>
    plant.emulator.fault({ match: { method, path: WRITES, nth }, fault, times: 1, lateMs: 500, delayMs: 0 });
  const clients = (code: string) => plant.ozmap.findClientsByCodes([code]);

  it.each(['reset-after', 'late'] as const)('finds a reservation whose answer was lost (%s)', async (fault) => {
    const { input, go } = await reserve();
    await losing(fault, 'POST');
    const failure = await failureOf(go());
    expect(failure).toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN' });
    expect(await ended(failure.operationId)).toMatchObject({ state: 'APPLIED' });
    expect(await clients(input.contractCode)).toHaveLength(1);
    await plant.emulator.clearFaults();
  });

  it('lets a reservation fail that never arrived, and takes it again', async () => {
    const { input, go } = await reserve();
    await losing('reset-before', 'POST');
    const failure = await failureOf(go());
    expect(await ended(failure.operationId)).toMatchObject({
      state: 'FAILED',
      problem: { code: 'UPSTREAM_UNAVAILABLE' },
    });
    expect(await clients(input.contractCode)).toEqual([]);
    expect(await go()).toMatchObject({ state: 'APPLIED' });
    await plant.emulator.clearFaults();
  });

  it.each(['reset-after', 'reset-before', 'late'] as const)(
    'brings a whole life to its end though every second answer is lost (%s)',
    async (fault) => {
      const { input, go } = await reserve();
      await go();
      const { contractCode } = input;
      const steps: [string, () => Promise<unknown>][] = [
        ['PATCH', () => run(activateClient, { contractCode })],
        ['PATCH', () => run(updateClient, { contractCode, name: 'Outro nome' })],
        ['DELETE', () => run(cancelClient, { contractCode })],
      ];
      for (const [method, go_] of steps) {
        await losing(fault, method);
        const failure = await failureOf(go_());
        expect(failure).toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN' });
        const end = await ended(failure.operationId);
        if (end?.state === 'FAILED') {
          expect(fault).toBe('reset-before');
          await journal.retry(end.id, { session, token: 'demo', actor, viewer: { ownerId: 'u1', projectIds } });
        }
        expect(await operation(failure.operationId)).toMatchObject({ state: 'APPLIED' });
        await plant.emulator.clearFaults();
      }
      expect(await clients(contractCode)).toEqual([]);
    },
  );

  it.each(['cancel', 'withdraw'] as const)(
    'does not take a repeated %s for done where the code was sold again',
    async (what) => {
      const { input, go } = await reserve();
      const { contractCode, boxId, location } = input;
      await go();
      if (what === 'cancel') await run(activateClient, { contractCode });
      const end = () =>
        what === 'cancel' ? run(cancelClient, { contractCode }) : run(withdrawReservation, { contractCode });
      const { operationId: first } = await end();
      expect((await end()).operationId).toBe(first);
      const coords = [location.lng, location.lat];
      const client = { code: contractCode, implanted: what === 'cancel' };
      await plant.direct('POST', 'properties', { box: boxId, coords, client, auto_connect: true });
      expect(await end()).toMatchObject({ state: 'APPLIED' });
      expect(await clients(contractCode)).toEqual([]);
    },
  );

  it('carries out what was asked while OZmap was away, in order', async () => {
    const { input, go } = await reserve();
    const { contractCode } = input;
    await go();
    const other = await reserve();
    await other.go();
    await plant.emulator.fault({ fault: 'reset-before' });
    const asked = [
      await run(activateClient, { contractCode }),
      await run(updateClient, { contractCode, name: 'Nova' }),
      await run(withdrawReservation, { contractCode: other.input.contractCode }),
    ];
    expect(asked.map(({ state }) => state)).toEqual(['QUEUED', 'QUEUED', 'QUEUED']);
    await plant.emulator.clearFaults();
    for (const { operationId } of asked) expect(await ended(operationId)).toMatchObject({ state: 'APPLIED' });
    expect(await clients(contractCode)).toMatchObject([{ implanted: true, name: 'Nova' }]);
    expect(await clients(other.input.contractCode)).toEqual([]);
  });
});
