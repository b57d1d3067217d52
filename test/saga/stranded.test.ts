import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '../../src/saga/command.js';
import { activate, type Coded, FakePlant, fakeCommands } from '../support/fake-plant.js';
import { engines, type Place, postgres } from '../support/journal-engines.js';
import { openJournal, type TestJournal } from '../support/open-journal.js';
import { until } from '../support/until.js';

const [engine] = engines;
const opened: TestJournal[] = [];
let place: Place;

afterEach(async () => {
  await Promise.all(opened.splice(0).map((journal) => journal.stop()));
  await place.remove();
});

async function open(options: Parameters<typeof openJournal>[1]): Promise<TestJournal> {
  const journal = await openJournal(place, options);
  opened.push(journal);
  return journal;
}

/** Its jobs, wherever this journal keeps them. */
const jobs = () => `${place.database.schema ?? 'ozmap_cnt'}_jobs.job`;

describe.runIf(engine)('An operation that waits for OZmap', () => {
  beforeEach(async () => {
    if (engine) place = await engine.place();
  });

  it('is carried out though its job was lost', async () => {
    const journal = await open({});
    journal.plant.away = true;
    const { operationId } = await journal.run(activate, { contractCode: 's1' });
    await journal.execute(`delete from ${jobs()} where name = 'operations'`);
    journal.plant.away = false;
    await journal.start();
    await until(async () => (await journal.state(operationId ?? '')) === 'APPLIED');
  });
});

/** Stops before its write until it is let go. */
class Gate {
  readonly entered = Promise.withResolvers<void>();
  readonly left = Promise.withResolvers<void>();

  readonly command: Command<FakePlant, Coded, null> = {
    action: 'client.cancel',
    queueable: true,
    run: async (_input, plant, operation) => {
      await plant.read(() => {});
      operation.inProject('sul');
      this.entered.resolve();
      await this.left.promise;
      await operation.step(
        'client.delete',
        plant.write('DELETE', 'ftth-clients/1', () => {}),
      );
      return null;
    },
    look: async () => ({ seen: 'absent' }),
  };
}

describe.runIf(postgres)('An operation whose job goes to a second process while the first is still at it', () => {
  beforeEach(async () => {
    if (postgres) place = await postgres.place();
  });

  it('keeps its job, and is carried out after the first had to leave it', async () => {
    const plant = new FakePlant();
    const gate = new Gate();
    const options = { plant, commands: [...fakeCommands, gate.command] };
    const first = await open(options);
    plant.away = true;
    const { operationId } = await first.run(gate.command, { contractCode: 's2' });
    plant.away = false;
    await first.start();
    await gate.entered.promise;
    await first.execute(
      `update ${jobs()} set state = 'retry', start_after = now(), started_on = null where name = 'operations'`,
    );
    const second = await open(options);
    await second.start();
    await until(async () => {
      const rows = await first.execute(`select 1 from ${jobs()} where started_on is not null and state <> 'active'`);
      return rows.length === 1;
    });
    plant.away = true;
    gate.left.resolve();
    await until(async () => (await first.state(operationId ?? '')) === 'QUEUED');
    plant.away = false;
    await until(async () => (await first.state(operationId ?? '')) === 'APPLIED', 20_000);
    expect(plant.log).toHaveLength(1);
  });
});
