import { describe, expect, it, vi } from 'vitest';
import { SystemConfigCache } from '../../src/app/service-token.js';
import type { SystemConfig } from '../../src/ozmap/types.js';

const config = (id: string): SystemConfig => ({
  id,
  viabilityMode: 'radius',
  viabilityRadiusM: 150,
  viabilityMaxBoxes: 10,
  considersHorizontalCondominiums: null,
  considersPropertyPortsFree: null,
});

function cacheOver(answers: (SystemConfig | Error)[], maxAgeMs: number) {
  let reads = 0;
  const cache = new SystemConfigCache({
    maxAgeMs,
    read: async () => {
      const answer = answers[Math.min(reads++, answers.length - 1)];
      if (answer instanceof Error || !answer) throw answer;
      return answer;
    },
  });
  return { cache, reads: () => reads };
}

describe("OZmap's configuration", () => {
  it('is read once for all who ask at the same time, and not again while it is fresh', async () => {
    const { cache, reads } = cacheOver([config('a')], 60_000);
    await Promise.all([cache.get(), cache.get()]);
    expect([(await cache.get()).id, reads()]).toEqual(['a', 1]);
  });

  it('is never older than it may be, also for the first who asks after a quiet night', async () => {
    const { cache } = cacheOver([config('a'), config('b')], -1);
    expect((await cache.get()).id).toBe('a');
    expect((await cache.get()).id).toBe('b');
  });

  it('is read again behind the back of whoever asks while it is still young enough', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { cache, reads } = cacheOver([config('a'), config('b')], 30_000);
    await cache.get();
    vi.setSystemTime(Date.now() + 20_000);
    expect(cache.ageS()).toBe(20);
    expect((await cache.get()).id).toBe('a');
    expect([(await cache.get()).id, reads()]).toEqual(['b', 2]);
    vi.useRealTimers();
  });

  it('is read anew for a command, once for all that ask while another read is under way', async () => {
    let change: (() => void) | undefined;
    const answers = [config('old'), config('under way'), config('new'), config('too many')];
    let reads = 0;
    const cache = new SystemConfigCache({
      maxAgeMs: 60_000,
      read: async () => {
        const answer = answers[reads++] as SystemConfig;
        if (reads === 2) await new Promise<void>((done) => (change = done));
        return answer;
      },
    });
    await cache.get();
    const underWay = cache.get('now');
    await vi.waitUntil(() => change);
    const later = [cache.get('now'), cache.get('now')];
    change?.();
    expect((await Promise.all([underWay, ...later])).map(({ id }) => id)).toEqual(['under way', 'new', 'new']);
  });

  it('keeps the old answer when a refresh fails, and asks again after a first failure', async () => {
    const { cache } = cacheOver([config('a'), new Error('away')], -1);
    await cache.get();
    expect([(await cache.get()).id, (await cache.get('now')).id]).toEqual(['a', 'a']);
    const late = cacheOver([new Error('away'), config('c')], 60_000);
    await expect(late.cache.get()).rejects.toThrow('away');
    expect((await late.cache.get()).id).toBe('c');
  });
});
