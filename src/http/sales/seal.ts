import { hkdfSync } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import type { z } from 'zod';

/** What was sealed, with its id and its end. */
export interface Sealed<T> {
  id: string;
  expiresAt: Date;
  contents: T;
}

/**
 * Seals texts so that only we can read them and any change is detected: a JWT under AES-256-GCM, which proves by its tag that we
 * made it as a signature would. Each purpose has its own key, so that a ticket is never taken for a bearer.
 */
export class Seal<T extends object> {
  readonly #key: Uint8Array;

  constructor(
    secret: string,
    purpose: string,
    private readonly shape: z.ZodType<T>,
  ) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, '', `ozmap-cnt-subgraph ${purpose}`, 32));
  }

  close({ id, expiresAt, contents }: Sealed<T>): Promise<string> {
    return new EncryptJWT({ contents })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setJti(id)
      .setExpirationTime(expiresAt)
      .encrypt(this.#key);
  }

  /** Null for what is not ours, was changed, or is over. */
  async open(text: string): Promise<Sealed<T> | null> {
    try {
      const { payload } = await jwtDecrypt(text, this.#key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        requiredClaims: ['exp', 'jti'],
      });
      const contents = this.shape.safeParse(payload.contents);
      if (!contents.success || payload.exp === undefined || payload.jti === undefined) return null;
      return { id: payload.jti, expiresAt: new Date(payload.exp * 1_000), contents: contents.data };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}
