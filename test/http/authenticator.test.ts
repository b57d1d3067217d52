import { describe, expect, it } from 'vitest';
import { UnauthenticatedError } from '../../src/errors/app-error.js';
import { Authenticator } from '../../src/http/authenticator.js';

function setUp(ttlMs = 60_000) {
  const asked: string[] = [];
  let time = 0;
  const authenticator = new Authenticator({
    ttlMs,
    now: () => time,
    verify: async (token) => {
      asked.push(token);
      if (token.startsWith('bad')) throw new UnauthenticatedError('unknown token');
      return { ownerId: token, ownerName: token, confirmed: !token.startsWith('remembered') };
    },
  });
  const pass = (ms: number) => {
    time += ms;
  };
  return { authenticator, asked, pass };
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

  it('does not remember a no: a key that was just made must work', async () => {
    const { authenticator, asked } = setUp();
    for (let i = 0; i < 2; i += 1) await expect(authenticator.ownerOf('bad')).rejects.toThrow(UnauthenticatedError);
    expect(asked).toHaveLength(2);
    expect(authenticator.knows('bad')).toBe(false);
  });

  it('asks again and again about a token that only memory vouches for: once OZmap is back, its word counts', async () => {
    const { authenticator, asked } = setUp();
    for (let i = 0; i < 2; i += 1)
      expect(await authenticator.ownerOf('remembered')).toEqual({ ownerId: 'remembered', ownerName: 'remembered' });
    expect(asked).toEqual(['remembered', 'remembered']);
    expect(authenticator.knows('remembered')).toBe(false);
  });

  it('forgets the oldest of very many tokens', async () => {
    const { authenticator } = setUp();
    for (let i = 0; i <= 1_000; i += 1) await authenticator.ownerOf(`t${i}`);
    expect([authenticator.knows('t0'), authenticator.knows('t1'), authenticator.knows('t1000')]).toEqual([
      false,
      true,
      true,
    ]);
  });
});
