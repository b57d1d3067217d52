import { it, onTestFinished } from 'vitest';
import type { Command } from '../../../src/saga/command.js';
import { failureOf } from '../../support/failure-of.js';
import { type FakePlant, type Named, rename } from '../../support/fake-plant.js';
import { engines } from '../../support/journal-engines.js';
import { openJournal } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

it('The journal stops, and opens again, though a look at an unknown outcome hangs', async () => {
  const place = await engines[0]?.place();
  if (!place) throw new Error('there is always one engine');
  onTestFinished(() => place.remove());
  let looking = false;
  const hanging: Command<FakePlant, Named, { name: string }> = {
    ...rename,
    look: () => {
      looking = true;
      return new Promise(() => {});
    },
  };
  const journal = await openJournal(place, { commands: [hanging] });
  await journal.start();
  journal.plant.next('lost-after');
  const { operationId = '' } = await failureOf(journal.run(rename, { contractCode: 's1', name: 'x' }));
  await until(() => looking);
  await journal.stop();
  const next = await openJournal(place, { plant: journal.plant });
  onTestFinished(() => next.stop());
  // The look that was cut off had claimed it for a minute.
  await next.execute(`update operation set due_at = now()`);
  await next.start();
  await until(async () => (await next.state(operationId)) === 'APPLIED');
});
