import { describe, expect, it } from 'vitest';
import { endOfTurn } from '../../src/budget/turns.js';
import { longestStretchMs } from '../support/longest-stretch.js';

function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

async function inPieces(pieces: number): Promise<void> {
  for (let done = 0; done < pieces; done += 1) {
    const pause = endOfTurn();
    if (pause) await pause;
    work(10);
    await null;
  }
}

describe('Work that ends long turns', () => {
  it('keeps nobody waiting for much longer than a turn, however many do it at once', async () => {
    const all = () => Promise.all(Array.from({ length: 20 }, () => inPieces(5)));
    // One after the other it takes a second.
    expect(await longestStretchMs(all)).toBeLessThan(250);
  });

  it('is not cut in two while it is short', async () => {
    await new Promise((resolve) => setImmediate(resolve));
    expect([endOfTurn(), endOfTurn(), endOfTurn()]).toEqual([null, null, null]);
  });
});
