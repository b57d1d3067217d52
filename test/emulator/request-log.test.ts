import { describe, expect, it } from 'vitest';
import { RequestLog } from '../../src/emulator/faults/faults.js';

describe('The list of requests', () => {
  it('counts also those that made room for newer ones, until it is cleared', () => {
    const log = new RequestLog();
    for (let i = 1; i <= 20_001; i += 1) log.add('GET', `/${i}`);
    expect([log.total, log.list().length, log.list().at(-1)?.path]).toEqual([20_001, 10_000, '/20001']);
    log.clear();
    expect([log.total, log.list()]).toEqual([0, []]);
  });
});
