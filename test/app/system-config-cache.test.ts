import { describe, expect, it } from 'vitest';
import { SystemConfigCache } from '../../src/app/system-config-cache.js';
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

  it('is refreshed behind the back of whoever asks: the old answer comes at once', async () => {
    const { cache } = cacheOver([config('a'), config('b')], -1);
    expect((await cache.get()).id).toBe('a');
    expect((await cache.get()).id).toBe('a');
    await new Promise((resolve) => setImmediate(resolve));
    expect((await cache.get()).id).toBe('b');
  });

  it('keeps the old answer when a refresh fails, and asks again after a first failure', async () => {
    const { cache } = cacheOver([config('a'), new Error('away')], -1);
    await cache.get();
    await cache.get();
    await new Promise((resolve) => setImmediate(resolve));
    expect((await cache.get()).id).toBe('a');
    const late = cacheOver([new Error('away'), config('c')], 60_000);
    await expect(late.cache.get()).rejects.toThrow('away');
    expect((await late.cache.get()).id).toBe('c');
  });
});
