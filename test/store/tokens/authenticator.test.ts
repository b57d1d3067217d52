import { describe, expect, it } from 'vitest';
import { UnauthenticatedError, UpstreamUnavailableError } from '../../../src/errors/app-error.js';
import { Authenticator } from '../../../src/store/tokens/authenticator.js';

function setUp(ttlMs = 60_000) {
  const asked: string[] = [];
  const revoked = new Set<string>();
  let time = 1;
  const authenticator = new Authenticator({
    ttlMs,
    now: () => time,
    verify: async (token) => {
      asked.push(token);
      if (token === 'away') throw new UpstreamUnavailableError('away');
      if (token.startsWith('bad') || revoked.has(token)) throw new UnauthenticatedError('unknown token');
      return { ownerId: token, ownerName: token, confirmed: !token.startsWith('remembered') };
    },
  });
  const pass = (ms: number) => {
    time += ms;
  };
  return { authenticator, asked, pass, revoke: (token: string) => revoked.add(token) };
}

describe('Authenticator', () => {
  it('asks OZmap once for many requests at the same time, and not again for a minute', async () => {
    const { authenticator, asked, pass } = setUp();
    await Promise.all([1, 2, 3].map(() => authenticator.ownerOf('a')));
    pass(59_000);
    await authenticator.ownerOf('a');
    expect(asked).toEqual(['a']);
    pass(2_000);
    await authenticator.ownerOf('a');
    expect(asked).toEqual(['a', 'a']);
  });

  it('never answers one token with the owner of another', async () => {
    const { authenticator } = setUp();
    const owners = await Promise.all(['a', 'b'].map((token) => authenticator.ownerOf(token)));
    expect(owners.map((owner) => owner.ownerId)).toEqual(['a', 'b']);
  });

  it('asks not again about a refused token for some seconds, but soon: a key that was just made must work', async () => {
    const { authenticator, asked, pass } = setUp();
    for (let i = 0; i < 3; i += 1) await expect(authenticator.ownerOf('bad')).rejects.toThrow(UnauthenticatedError);
    expect(asked).toEqual(['bad']);
    pass(6_000);
    await expect(authenticator.ownerOf('bad')).rejects.toThrow(UnauthenticatedError);
    expect(asked).toEqual(['bad', 'bad']);
  });

  it('asks again about a token when OZmap was away: that is no refusal', async () => {
    const { authenticator, asked } = setUp();
    for (let i = 0; i < 2; i += 1)
      await expect(authenticator.ownerOf('away')).rejects.toThrow(UpstreamUnavailableError);
    expect(asked).toEqual(['away', 'away']);
  });

  it('knows for hours that a token was valid, until OZmap refuses it', async () => {
    const { authenticator, revoke, pass } = setUp();
    await authenticator.ownerOf('a');
    pass(3 * 3_600_000);
    expect([authenticator.hasSeenValid('a'), authenticator.hasSeenValid('b')]).toEqual([true, false]);
    revoke('a');
    await expect(authenticator.ownerOf('a')).rejects.toThrow(UnauthenticatedError);
    expect(authenticator.hasSeenValid('a')).toBe(false);
  });

  it('remembers nothing where the cache is switched off', async () => {
    const { authenticator, asked } = setUp(0);
    for (let i = 0; i < 2; i += 1) await authenticator.ownerOf('a');
    expect(asked).toEqual(['a', 'a']);
  });

  it('asks again and again about a token that only memory vouches for: once OZmap is back, its word counts', async () => {
    const { authenticator, asked } = setUp();
    for (let i = 0; i < 2; i += 1)
      expect(await authenticator.ownerOf('remembered')).toEqual({ ownerId: 'remembered', ownerName: 'remembered' });
    expect(asked).toEqual(['remembered', 'remembered']);
    expect(authenticator.hasSeenValid('remembered')).toBe(false);
  });

  it('forgets the oldest of very many tokens', async () => {
    const { authenticator } = setUp();
    for (let i = 0; i <= 1_000; i += 1) await authenticator.ownerOf(`t${i}`);
    expect(['t0', 't1', 't1000'].map((token) => authenticator.hasSeenValid(token))).toEqual([false, true, true]);
  });
});
