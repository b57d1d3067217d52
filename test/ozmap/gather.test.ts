import { afterEach, describe, expect, it } from 'vitest';
import { RequestBudget } from '../../src/budget/request-budget.js';
import { createOzmap } from '../../src/ozmap/create-ozmap.js';
import { gathering, type OzmapFor } from '../../src/ozmap/gather.js';
import type { OzmapConnector } from '../../src/ozmap/types.js';
import { envelope, filterOf, idOf } from '../support/ozmap-answers.js';
import { type Answer, json, type TinyServer, tinyServer } from '../support/tiny-server.js';
import { until } from '../support/until.js';

let server: TinyServer;
let connector: OzmapConnector;
let ozmapFor: OzmapFor;

const idsOf = (request: Parameters<Answer>[0]) => filterOf(request)[0]?.value as string[];
/** A box for each id that is asked for, named after the token that asks. */
const boxes: Answer = (request, response) =>
  json(response, envelope(idsOf(request).map((id) => ({ id, name: request.authorization }))));

async function open(answer: Answer = boxes): Promise<void> {
  server = await tinyServer(answer);
  connector = createOzmap({ url: server.url });
  ozmapFor = gathering(connector.as);
}

afterEach(async () => {
  connector.stop();
  await server.stop();
});

const found = async (budget: RequestBudget, ids: readonly number[], token = 'sul') =>
  (await ozmapFor(token, budget).findBoxesByIds(ids.map(idOf))).map(({ id, name }) => `${name} ${Number(`0x${id}`)}`);
const refused = (asking: Promise<unknown>) =>
  asking.then(
    () => 'answered',
    (error: Error) => error.message,
  );

describe('What requests of one token ask for in the same turn', () => {
  it('is asked of OZmap once, and each gets its own', async () => {
    await open();
    const asked = [[1, 2], [2, 3], [9]].map((ids) => found(new RequestBudget(1_000), ids));
    expect(await Promise.all(asked)).toEqual([['sul 1', 'sul 2'], ['sul 2', 'sul 3'], ['sul 9']]);
    expect(server.got.map(idsOf)).toEqual([[1, 2, 3, 9].map(idOf)]);
  });

  it('is never asked with the token of another', async () => {
    await open();
    const asked = ['sul', 'norte', 'sul'].map((token) => found(new RequestBudget(1_000), [1], token));
    expect(await Promise.all(asked)).toEqual([['sul 1'], ['norte 1'], ['sul 1']]);
    expect(server.got.map(({ authorization }) => authorization).sort()).toEqual(['norte', 'sul']);
  });

  it('is asked anew by who comes once it was sent', async () => {
    await open();
    await found(new RequestBudget(1_000), [1]);
    await found(new RequestBudget(1_000), [1]);
    expect(server.got).toHaveLength(2);
  });

  it('is no object that one request could change under another', async () => {
    await open();
    const ask = () => ozmapFor('sul', new RequestBudget(1_000)).findBoxesByIds([idOf(1)]);
    const [[first], [second]] = await Promise.all([ask(), ask()]);
    expect(first).toEqual(second);
    expect(first).not.toBe(second);
  });

  it('is paid by each in proportion, and who cannot pay is refused without the others', async () => {
    await open();
    const [poor, rich] = [new RequestBudget(40), new RequestBudget(60)];
    const asked = [found(poor, [1]), found(rich, [2])];
    expect(await Promise.all(asked.map(refused))).toEqual(['cost takes at most 40', 'answered']);
    expect(await refused(found(rich, [2]))).toBe('cost takes at most 60');
  });

  it('goes on for the others when one of them is over, and is given up when all are', async () => {
    let answer = () => {};
    let gone = 0;
    await open((request, response) => {
      answer = () => boxes(request, response, 1);
      response.on('close', () => {
        if (!response.writableFinished) gone += 1;
      });
    });
    const budgets = [new RequestBudget(1_000), new RequestBudget(1_000)] as const;
    const ask = () => budgets.map((budget) => refused(found(budget, [1])));
    const [first, second] = ask();
    await until(() => server.got.length === 1);
    budgets[0].end(new Error('the first is over'));
    expect(await first).toBe('the first is over');
    answer();
    expect(await second).toBe('answered');

    const both = [new RequestBudget(1_000), new RequestBudget(1_000)].map((budget) => ({
      budget,
      asked: refused(found(budget, [1])),
    }));
    await until(() => server.got.length === 2);
    for (const { budget } of both) budget.end(new Error('over'));
    expect(await Promise.all(both.map(({ asked }) => asked))).toEqual(['over', 'over']);
    await until(() => gone === 1);
  });

  it('is asked one by one where OZmap refuses it together: the fault of one is no fault of the others', async () => {
    await open((request, response) =>
      idsOf(request).includes(idOf(13)) ? json(response, { message: 'no' }, 400) : boxes(request, response, 1),
    );
    const asked = [[1], [13], [2]].map((ids) => refused(found(new RequestBudget(1_000), ids)));
    expect(await Promise.all(asked)).toEqual(['answered', 'OZmap refused with 400', 'answered']);
    expect(server.got).toHaveLength(4);
  });
});
