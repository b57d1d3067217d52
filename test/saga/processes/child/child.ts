import { AppError } from '../../../../src/errors/app-error.js';
import { createJournal } from '../../../../src/saga/create-journal.js';
import type { DatabaseOptions } from '../../../../src/store/database.js';
import { RemotePlant, remoteActivate, remoteCommands, remoteReserve } from './remote-plant.js';

/** A process of its own with a journal: does what its parent says, tells what came of it. */
export type Order =
  | { reserve: { contractCode: string; boxId: string }[] }
  /** Activates contracts one after the other, for ever: the parent kills us. */
  | { activateFrom: string; lanes: number };
export type Told = { ready: true } | { done: string; as: string } | { finished: true };

const { database, plantUrl } = JSON.parse(process.argv[2] ?? '') as { database: DatabaseOptions; plantUrl: string };
const plant = new RemotePlant(plantUrl);
const journal = await createJournal<RemotePlant>({
  database,
  commands: remoteCommands,
  backgroundSession: () => plant,
  backgroundProjectIds: async () => ['sul'],
  settings: { leaseWaitMs: 60_000, tickMs: 50, deadAfterMs: 1_000, outcomeSettleS: 1 },
});
await journal.start();
await journal.rememberToken('t', { ownerId: 'u1', ownerName: 'u', projectIds: ['sul'] });

const actor = { ownerId: 'u1', ownerName: 'u', cntUser: null };
const told = (message: Told) => process.send?.(message);

process.on('message', async (order: Order) => {
  if ('reserve' in order) {
    await Promise.all(
      order.reserve.map(async (input) => {
        const request = { action: remoteReserve.action, contractCode: input.contractCode, input, actor, token: 't' };
        const as = await journal
          .record({ ...request, idempotencyKey: null, boxIds: [input.boxId] }, (operation) =>
            remoteReserve.run(input, plant, operation, {}),
          )
          .then(
            () => 'APPLIED',
            (error: unknown) => (error instanceof AppError ? (error.reason ?? error.code) : String(error)),
          );
        told({ done: input.contractCode, as });
      }),
    );
    told({ finished: true });
    return;
  }
  let count = 0;
  const lane = async () => {
    for (;;) {
      const input = { contractCode: `${order.activateFrom}${count++}` };
      const request = { action: remoteActivate.action, contractCode: input.contractCode, input, actor, token: 't' };
      const recorded = await journal.record({ ...request, idempotencyKey: null, boxIds: [] }, (operation) =>
        remoteActivate.run(input, plant, operation, {}),
      );
      told({ done: input.contractCode, as: recorded.state });
    }
  };
  await Promise.all(Array.from({ length: order.lanes }, lane));
});
told({ ready: true });
