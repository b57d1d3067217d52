/** Runs tasks, at most `width` at once, taking turns between lanes so that a caller with 500 requests does not hold up one with a single request. */
export interface FairQueue {
  run<T>(lane: string, task: () => Promise<T>): Promise<T>;
}

/** Lanes are served round robin; within a lane first come, first served. */
export function createFairQueue(width: number): FairQueue {
  const lanes = new Map<string, (() => void)[]>();
  let running = 0;

  const next = (): void => {
    while (running < width) {
      const first = lanes.entries().next().value;
      if (!first) return;
      const [lane, waiting] = first;
      const start = waiting.shift();
      // To the back of the line, or gone when it has nothing left.
      lanes.delete(lane);
      if (waiting.length > 0) lanes.set(lane, waiting);
      if (start) {
        running += 1;
        start();
      }
    }
  };

  return {
    run: (lane, task) =>
      new Promise((resolve, reject) => {
        const start = (): void => {
          task()
            .then(resolve, reject)
            .finally(() => {
              running -= 1;
              next();
            });
        };
        const waiting = lanes.get(lane);
        if (waiting) waiting.push(start);
        else lanes.set(lane, [start]);
        next();
      }),
  };
}
