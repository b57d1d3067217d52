import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createTogether } from '../../src/budget/together.js';

it('Who comes while others of the same company wait goes on with them, and with nobody of another', async () => {
  const together = createTogether();
  const gone: string[] = [];
  const come = (company: string, name: string) => together(company).then(() => void gone.push(name));
  const first = come('sul', 'first');
  const alone = come('norte', 'alone');
  // In the way of whoever waits by the clock alone, as the work for the requests before is.
  for (const endsAt = performance.now() + 30; performance.now() < endsAt; );
  const last = come('sul', 'last');
  await alone;
  expect(gone).toEqual(['alone']);
  await Promise.all([first, last]);
  expect(gone).toEqual(['alone', 'first', 'last']);
});

it('A company that never ends is not waited for', async () => {
  const together = createTogether({ atMostMs: 60 });
  let over = false;
  const first = together('sul').then(() => {
    over = true;
  });
  for (let come = 0; !over && come < 1_000; come += 1) {
    void together('sul');
    await sleep(5);
  }
  await first;
  expect(over).toBe(true);
});
