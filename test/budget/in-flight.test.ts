import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import { createFairQueue } from '../../src/budget/fair-queue.js';
import { createInFlight } from '../../src/budget/in-flight.js';

describe('A question under way', () => {
  it('goes on while anybody waits for it, and is given up when the last one has left', async () => {
    const shared = createInFlight<string>();
    let given: AbortSignal | undefined;
    const ask = (signal: AbortSignal) => {
      given = signal;
      return new Promise<string>(() => {});
    };
    const [a, b] = [new AbortController(), new AbortController()];
    const first = shared.share('o', 'k', ask, a.signal);
    const second = shared.share('o', 'k', ask, b.signal);
    a.abort(new Error('a is over'));
    await expect(first).rejects.toThrow('a is over');
    expect(given?.aborted).toBe(false);
    b.abort(new Error('b is over'));
    await expect(second).rejects.toThrow('b is over');
    expect(given?.aborted).toBe(true);
  });

  it('is never given up while one waits who has no signal', async () => {
    const shared = createInFlight<string>();
    let answer: (text: string) => void = () => {};
    const ask = () => new Promise<string>((resolve) => (answer = resolve));
    const request = new AbortController();
    const query = shared.share('o', 'k', ask, request.signal);
    const command = shared.share('o', 'k', ask);
    request.abort(new Error('over'));
    await expect(query).rejects.toThrow('over');
    answer('here');
    await expect(command).resolves.toBe('here');
  });
});

describe('The fair queue', () => {
  it('drops what waits when its signal is aborted, and goes on with the rest', async () => {
    const queue = createFairQueue(1);
    let open: () => void = () => {};
    const running = queue.run('a', () => new Promise<void>((resolve) => (open = resolve)));
    const request = new AbortController();
    const started: string[] = [];
    const dropped = queue.run('a', async () => void started.push('dropped'), {
      signal: request.signal,
    });
    const kept = queue.run('a', async () => void started.push('kept'));
    request.abort(new Error('over'));
    await expect(dropped).rejects.toThrow('over');
    expect(queue.waiting('a')).toBe(1);
    open();
    await Promise.all([running, kept]);
    expect(started).toEqual(['kept']);
  });

  it('does what waited in the context of who asked, not of whoever made room', async () => {
    const who = new AsyncLocalStorage<string>();
    const queue = createFairQueue(1);
    const asked = ['ana', 'rui', 'eva'].map((name) =>
      who.run(name, () => queue.run(name, async () => [name, who.getStore()])),
    );
    expect(await Promise.all(asked)).toEqual(['ana', 'rui', 'eva'].map((name) => [name, name]));
  });
});
