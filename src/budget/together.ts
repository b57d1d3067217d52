import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';

/** Lets those who come one shortly after another go on together: the promise of all of them is fulfilled at once. */
export type Together = (company: string) => Promise<void>;

/** How long one who came alone waits for others: what a router sends in one go arrives within it. */
const ALONE_MS = 3;
/** How long those wait after whom nobody else came. */
const QUIET_MS = 12;
/** Of this process's own time, so that on a busy machine, where all is slower, as many come together. */
const CPU_AT_MOST_MS = 300;
const AT_MOST_MS = 2_000;

/** Who comes alone is hardly held up; others go on once nobody came for a while, or what they may wait is over. */
export function createTogether({ atMostMs = AT_MOST_MS } = {}): Together {
  const waiting = new Map<string, { come: number; gone: Promise<void> }>();

  const go = async (company: string): Promise<void> => {
    const mayWait = patience(atMostMs);
    for (let seen = 0, come = 1; come > seen && mayWait(); ) {
      seen = come;
      await sleep(seen > 1 ? QUIET_MS : ALONE_MS);
      // A busy loop is late: what has arrived meanwhile is read before this one counts.
      await turn();
      come = waiting.get(company)?.come ?? 0;
    }
    waiting.delete(company);
  };

  return (company) => {
    const group = waiting.get(company) ?? { come: 0, gone: go(company) };
    waiting.set(company, group);
    group.come += 1;
    return group.gone;
  };
}

function patience(atMostMs: number): () => boolean {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000 < CPU_AT_MOST_MS && performance.now() - startedAt < atMostMs;
  };
}
