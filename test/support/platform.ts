import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { json, tinyServer } from './tiny-server.js';

const ISSUER = 'https://platform.example/';
const AUDIENCE = 'ozmap-cnt';

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

/** A key pair as the platform holds it, under the name that it is published by. */
export interface SigningKey extends Keys {
  alg: string;
  kid: string;
}

/** What a token says, beside what every good one does; undefined takes away. */
export type Claims = Record<string, unknown>;

/** A platform that signs in: its keys over real HTTP, and the file of OZmap tokens that its claims name. */
export async function startPlatform(tokens: Record<string, string>) {
  const published: SigningKey[] = [];
  let away = false;
  const server = await tinyServer(async (_request, response) => {
    if (away) return json(response, {}, 502);
    const keys = await Promise.all(
      published.map(async ({ publicKey, alg, kid }) => ({ ...(await exportJWK(publicKey)), alg, kid, use: 'sig' })),
    );
    json(response, { keys });
  });
  const folder = await mkdtemp(join(tmpdir(), 'platform-'));
  const tokensFile = join(folder, 'tokens.json');
  const write = (text: string) => writeFile(tokensFile, text);
  await write(JSON.stringify(tokens));

  const newKey = async (alg = 'ES256'): Promise<SigningKey> => ({
    ...(await generateKeyPair(alg, { extractable: true })),
    alg,
    kid: `${alg} ${crypto.randomUUID()}`,
  });
  const rotate = async (alg?: string, pair?: Keys): Promise<SigningKey> => {
    const key = { ...(await newKey(alg)), ...pair };
    published.splice(0, published.length, key);
    return key;
  };
  const first = await rotate();

  return {
    env: {
      AUTH: 'jwt',
      JWT_JWKS_URL: `${server.url}/keys`,
      JWT_ISSUER: ISSUER,
      JWT_AUDIENCE: AUDIENCE,
      JWT_OZMAP_TOKENS_FILE: tokensFile,
    },
    /** The name of the key that is published at first. */
    kid: first.kid,
    newKey,
    /** From now on only this new key is published: a pair of its own, or one that no library would make. */
    rotate,
    /** How often the keys were asked for. */
    asked: () => server.got.length,
    goAway: (isAway: boolean) => {
      away = isAway;
    },
    /** The file of OZmap tokens, as an operator writes it. */
    writeTokens: (changed: Record<string, string> | string) =>
      write(typeof changed === 'string' ? changed : JSON.stringify(changed)),
    /** A token that is good for five minutes, but for what is said otherwise. */
    sign: (claims: Claims, key: Pick<SigningKey, 'privateKey' | 'alg' | 'kid'> = first) => {
      const now = Math.floor(Date.now() / 1_000);
      return new SignJWT({ iss: ISSUER, aud: AUDIENCE, exp: now + 300, ...claims })
        .setProtectedHeader({ alg: key.alg, kid: key.kid })
        .sign(key.privateKey);
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
