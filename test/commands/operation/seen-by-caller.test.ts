import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../src/commands/session.js';
import { cancellationSnapshot } from '../../../src/domain/cancellation-plan.js';
import { parseContractCode } from '../../../src/domain/contract-code.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { undoInput } from '../../../src/graph/client/undo-cancellation.resolver.js';
import { createOperationLoaders } from '../../../src/graph/operation/operation.loaders.js';
import { createJournal } from '../../../src/saga/create-journal.js';
import type { OperationJournal } from '../../../src/saga/operation-journal.js';
import { byHand } from '../../support/by-hand.js';
import { engines, type Place } from '../../support/journal-engines.js';

const actor = { ownerId: 'u1', ownerName: 'api', cntUser: null };
const session = {} as Session;
let fails = false;
const client = {
  id: 'c1',
  code: parseContractCode('1'),
  name: null,
  observation: null,
  implanted: true,
  extras: {},
  unwritable: [],
};

const cancel = byHand<Session, JsonObject, JsonObject>({
  action: 'client.cancel',
  queueable: true,
  async run(_input, _session, operation) {
    operation.inProject('sul');
    if (fails) throw new Error('broken');
    operation.note({ record: cancellationSnapshot({ client, home: null, disconnects: false }) }, 1);
    return {};
  },
  look: async () => ({ seen: 'absent' }),
});

describe('what a caller sees of the journal', () => {
  let place: Place;
  let journal: OperationJournal<Session>;
  const of = (ownerId: string, projectIds: string[]) => {
    const viewer = async () => ({ ownerId, projectIds });
    return {
      undoInput: (id: string) => undoInput({ journal, viewer }, id),
      retry: async (id: string) =>
        journal.retry(id, { session, token: 't', actor: { ...actor, ownerId }, viewer: await viewer() }),
      list: async (contractCode: string) => journal.listOperations({ contractCode }, { first: 1 }, await viewer()),
      findMany: (ids: string[]) => createOperationLoaders(journal, viewer).byId.loadMany(ids),
    };
  };
  const record = async (contractCode: string) => {
    const request = {
      action: cancel.action,
      contractCode,
      input: {},
      idempotencyKey: null,
      actor,
      token: 't',
      boxIds: [],
    };
    const recorded = await journal.record(request, (operation) => cancel.run({}, session, operation, {}));
    return recorded.operationId ?? '';
  };

  beforeAll(async () => {
    const [engine] = engines.slice(-1);
    if (!engine) throw new Error('no database');
    place = await engine.place();
    journal = await createJournal<Session>({
      database: place.database,
      commands: [cancel],
      backgroundSession: () => session,
      backgroundProjectIds: async () => ['sul'],
    });
  });
  afterAll(async () => {
    await journal.stop();
    await place.remove();
  });

  it('makes the input of an undo from what the cancellation noted', async () => {
    const id = await record('1');
    const input = await of('u9', ['sul']).undoInput(id);
    expect(input).toMatchObject({ operationId: id, contractCode: '1', snapshot: { clientId: 'c1', code: '1' } });
    expect(Date.now() - Date.parse(input.cancelledAt)).toBeLessThan(5_000);
    await expect(of('u1', ['norte']).undoInput(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await journal.erase('1');
    await expect(of('u9', ['sul']).undoInput(id)).rejects.toMatchObject({ reason: 'UNDO_EXPIRED' });
  });

  it('tries a failed operation again, for those who see it', async () => {
    fails = true;
    await expect(record('2')).rejects.toThrow('broken');
    fails = false;
    const [edge] = (await of('u1', ['sul']).list('2')).edges;
    const id = edge?.node.id ?? '';
    expect(edge?.node).toMatchObject({ state: 'FAILED', problem: { code: 'INTERNAL_SERVER_ERROR', details: [] } });
    await expect(of('u1', ['sul']).undoInput(id)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(of('u1', []).retry(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await of('u1', ['sul']).retry(id)).toMatchObject({ state: 'APPLIED', operationId: id });
    expect(await of('u1', ['sul']).findMany(['no id', id])).toMatchObject([null, { id, state: 'APPLIED' }]);
  });
});
