import { SEND, type Write } from '../../../../src/domain/write.js';
import { ConflictError, OutcomeUnknownError } from '../../../../src/errors/app-error.js';
import type { AnyCommand } from '../../../../src/saga/command.js';
import { byHand } from '../../../support/by-hand.js';

/** The plant of another process, over HTTP. */
export class RemotePlant {
  constructor(private readonly url: string) {}

  async read(path: string): Promise<string> {
    return (await fetch(`${this.url}${path}`)).text();
  }

  write(method: 'POST' | 'PATCH', path: string): Write<undefined> {
    return {
      method,
      path,
      [SEND]: async () => {
        try {
          const { status } = await fetch(`${this.url}/${path}`, { method });
          return { status, value: undefined };
        } catch {
          throw new OutcomeUnknownError('no answer');
        }
      },
    };
  }
}

export type RemoteReserve = { contractCode: string; boxId: string };

/** Takes a port of a box with three: looks, then takes, with nothing but the journal between two who look at once. */
export const remoteReserve = byHand<RemotePlant, RemoteReserve, { boxId: string }>({
  action: 'port.reserve',
  queueable: false,
  async run({ contractCode, boxId }, plant, operation) {
    const held = await plant.read(`/held/${contractCode}`);
    operation.inProject('sul');
    if (held === boxId) return { boxId };
    if (held) throw new ConflictError('CODE_IN_USE', 'taken');
    if (Number(await plant.read(`/count/${boxId}`)) >= 3) throw new ConflictError('BOX_FULL', 'full');
    await operation.step('property.create', plant.write('POST', `hold/${contractCode}/${boxId}`));
    return { boxId };
  },
  async look({ contractCode, boxId }, plant) {
    const held = await plant.read(`/held/${contractCode}`);
    return held === boxId ? { seen: 'applied', outcome: { boxId } } : { seen: 'absent' };
  },
});

/** Two writes, so that a crash may come between them. */
export const remoteActivate = byHand<RemotePlant, { contractCode: string }, { contractCode: string }>({
  action: 'client.activate',
  queueable: true,
  async run({ contractCode }, plant, operation) {
    const done = (await plant.read(`/marks/${contractCode}`)).split(',');
    operation.inProject('sul');
    for (const mark of ['one', 'two'])
      if (!done.includes(mark))
        await operation.step(`mark.${mark}`, plant.write('PATCH', `mark/${contractCode}/${mark}`));
    return { contractCode };
  },
  async look({ contractCode }, plant) {
    const done = (await plant.read(`/marks/${contractCode}`)).split(',').filter(Boolean);
    if (done.length === 2) return { seen: 'applied', outcome: { contractCode } };
    return { seen: done.length === 0 ? 'absent' : 'partly' };
  },
});

export const remoteCommands: AnyCommand<RemotePlant>[] = [remoteReserve, remoteActivate];
