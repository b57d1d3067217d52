import { describe, expect, it } from 'vitest';
import { createTimeSlices } from '../../src/budget/turns.js';

async function work(pause: () => Promise<void>, pieces: number, done: () => void): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) {
    await pause();
    done();
  }
}

describe('Time slices', () => {
  it('let the event loop turn between the pieces of computations, one piece for a turn once a slice is over', async () => {
    const pause = createTimeSlices(0);
    let turns = 0;
    let pieces = 0;
    let most = 0;
    let running = true;
    const turn = () => {
      turns += 1;
      most = Math.max(most, pieces);
      pieces = 0;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    await Promise.all(
      Array.from({ length: 20 }, () =>
        work(pause, 10, () => {
          pieces += 1;
        }),
      ),
    );
    running = false;
    expect(most).toBeLessThanOrEqual(2);
    expect(turns).toBeGreaterThanOrEqual(100);
  });

  it('cost no turn while the slice lasts', async () => {
    const pause = createTimeSlices(60_000);
    await pause();
    let turned = false;
    setImmediate(() => {
      turned = true;
    });
    await work(pause, 100, () => {});
    expect(turned).toBe(false);
  });

  it('serve computations in the order in which they asked', async () => {
    const pause = createTimeSlices(0);
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((name) => work(pause, 2, () => order.push(name))));
    expect(order).toEqual([1, 2, 3, 1, 2, 3]);
  });
});
