import { AsyncResource } from 'node:async_hooks';

/** Runs tasks, at most `width` at once, taking turns between lanes so that a caller with 500 requests does not hold up one with a single request. */
export interface FairQueue {
  /** A task whose signal is aborted before its turn is dropped. Errors: the task's · the signal's reason. */
  run<T>(lane: unknown, task: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** How many tasks of a lane wait for their turn. */
  waiting(lane: unknown): number;
}

/** Lanes are served round robin; within a lane first come, first served. */
export function createFairQueue(width: number): FairQueue {
  const lanes = new Map<unknown, Set<() => void>>();
  let running = 0;

  const next = (): void => {
    while (running < width) {
      const first = lanes.entries().next().value;
      if (!first) return;
      const [lane, waiting] = first;
      const [start] = waiting;
      if (start) waiting.delete(start);
      // To the back of the line, or gone when it has nothing left.
      lanes.delete(lane);
      if (waiting.size > 0) lanes.set(lane, waiting);
      if (start) {
        running += 1;
        start();
      }
    }
  };

  return {
    run: (lane, task, signal) =>
      new Promise((resolve, reject) => {
        const drop = (): void => {
          const waiting = lanes.get(lane);
          waiting?.delete(start);
          if (waiting?.size === 0) lanes.delete(lane);
          reject(signal?.reason);
        };
        // In the context of who asked, whoever's end makes room: its language, its trace.
        const start = AsyncResource.bind((): void => {
          signal?.removeEventListener('abort', drop);
          task()
            .then(resolve, reject)
            .finally(() => {
              running -= 1;
              next();
            });
        });
        if (signal?.aborted) return reject(signal.reason);
        signal?.addEventListener('abort', drop, { once: true });
        const waiting = lanes.get(lane);
        if (waiting) waiting.add(start);
        else lanes.set(lane, new Set([start]));
        next();
      }),
    waiting: (lane) => lanes.get(lane)?.size ?? 0,
  };
}
