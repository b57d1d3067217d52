import { describe, expect, it } from 'vitest';
import { Heartbeat } from '../../../src/saga/background/background.js';

function aHeartbeat() {
  let now = 0;
  const answers = { database: true };
  const heartbeat = new Heartbeat({
    everyMs: 4,
    deadAfterMs: 16,
    now: () => now,
    beat: async () => {
      if (!answers.database) throw new Error('away');
    },
  });
  const pass = async (ms: number) => {
    for (const end = now + ms; now < end; ) {
      now += 4;
      await heartbeat.beat().catch(() => {});
    }
  };
  return { heartbeat, answers, pass, sleep: (ms: number) => (now += ms) };
}

describe('A process that judges by their signs of life whether others are dead', () => {
  it('does so from its start on, for those who died before', async () => {
    const { heartbeat, pass } = aHeartbeat();
    expect(heartbeat.mayJudge()).toBe(true);
    await pass(100);
    expect(heartbeat.mayJudge()).toBe(true);
  });

  it('gives all of them their time again after the database was away', async () => {
    const { heartbeat, answers, pass } = aHeartbeat();
    answers.database = false;
    await pass(20);
    expect(heartbeat.mayJudge()).toBe(false);
    answers.database = true;
    await pass(4);
    expect(heartbeat.mayJudge()).toBe(false);
    await pass(16);
    expect(heartbeat.mayJudge()).toBe(true);
  });

  it('does not take others for dead because it has itself been asleep', async () => {
    const { heartbeat, pass, sleep } = aHeartbeat();
    sleep(1_000);
    expect(heartbeat.mayJudge()).toBe(false);
    await pass(12);
    expect(heartbeat.mayJudge()).toBe(false);
    await pass(8);
    expect(heartbeat.mayJudge()).toBe(true);
  });
});
