import { BadUserInputError } from '../errors/app-error.js';
import type { ClientStatus } from './status.js';

/** What a contract is now, in CNT's words. ENDED: over, by whichever of the last two fits what OZmap holds. */
export const DECLARED_STATES = ['AWAITING_ACTIVATION', 'ACTIVE', 'BLOCKED', 'CANCELLED', 'WITHDRAWN', 'ENDED'] as const;
export type DeclaredState = (typeof DECLARED_STATES)[number];

/** What a range of CNT's numbers, or a word of its own, means. */
export type StateMeaning = { state: DeclaredState } & ({ from: number; to: number } | { word: string });

/** CNT's own numbers. `CNT_STATES` is looked at before these. */
const CNT_NUMBERS: readonly StateMeaning[] = [
  { from: 1, to: 199, state: 'ENDED' },
  { from: 200, to: 299, state: 'ACTIVE' },
  { from: 304, to: 304, state: 'AWAITING_ACTIVATION' },
  { from: 300, to: 399, state: 'BLOCKED' },
];

/** `304=BLOCKED`, `400-499=ENDED`, `suspenso=BLOCKED`; null: it is none. */
export function stateMeaning(pair: string): StateMeaning | null {
  const [said = '', meant = '', ...more] = pair.split('=').map((part) => part.trim());
  const state = DECLARED_STATES.find((known) => known === meant.toUpperCase());
  if (!state || said === '' || more.length > 0) return null;
  const range = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(said);
  if (!range) return /^[-\d]/.test(said) ? null : { word: said, state };
  const from = Number(range[1]);
  const to = Number(range[2] ?? range[1]);
  return from <= to ? { from, to, state } : null;
}

/**
 * What was declared, by our own word, a word of `meanings`, or a number as they say; the first that fits.
 * Errors: BAD_USER_INPUT (`state`).
 */
export function declaredState(said: string, meanings: readonly StateMeaning[]): DeclaredState {
  const text = said.trim();
  const number = /^\d+$/.test(text) ? Number(text) : null;
  const meaning = [...meanings, ...CNT_NUMBERS].find((one) =>
    'word' in one
      ? one.word.toLowerCase() === text.toLowerCase()
      : number !== null && one.from <= number && number <= one.to,
  );
  const known = meaning?.state ?? DECLARED_STATES.find((state) => state === text.toUpperCase());
  if (known) return known;
  throw new BadUserInputError('neither a state nor a number of CNT that means one', [{ field: 'state' }]);
}

/**
 * What a declaration asks of OZmap. `nothing`: it is so already. `left`: it is otherwise, and stays so. `absent`: refused, there is no
 * client to do it with.
 */
export type Missing = 'nothing' | 'left' | 'absent' | 'activation' | 'cancellation' | 'withdrawal';

/** A withdrawal of an active client is refused by the withdrawal itself. */
export const MISSING: Readonly<Record<DeclaredState, Readonly<Record<ClientStatus | 'ABSENT', Missing>>>> = {
  AWAITING_ACTIVATION: { ABSENT: 'absent', RESERVED: 'nothing', ACTIVE: 'left' },
  ACTIVE: { ABSENT: 'absent', RESERVED: 'activation', ACTIVE: 'nothing' },
  BLOCKED: { ABSENT: 'left', RESERVED: 'left', ACTIVE: 'nothing' },
  CANCELLED: { ABSENT: 'nothing', RESERVED: 'cancellation', ACTIVE: 'cancellation' },
  WITHDRAWN: { ABSENT: 'nothing', RESERVED: 'withdrawal', ACTIVE: 'withdrawal' },
  ENDED: { ABSENT: 'nothing', RESERVED: 'withdrawal', ACTIVE: 'cancellation' },
};

const DAY_MS = 86_400_000;

/** A state was so some time ago, or is so now; clocks and time zones may differ by a day. Errors: BAD_USER_INPUT (`at`). */
export function assertNotAhead(at: Date, now: Date): void {
  if (at.getTime() - now.getTime() > DAY_MS)
    throw new BadUserInputError('a state cannot have been so in the future', [{ field: 'at' }]);
}
