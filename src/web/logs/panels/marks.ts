import type { OperationState } from '../../../generated/operations.js';
import type { IconName } from '../../shared/components/icon.js';

type Tone = 'ok' | 'warn' | 'bad' | 'plain' | 'busy';

/** Icon and colour beside the word of a state; no two states share an icon. */
export const STATE_MARKS: Readonly<Record<OperationState, { icon: IconName; tone: Tone }>> = {
  PENDING: { icon: 'turning', tone: 'busy' },
  QUEUED: { icon: 'clock', tone: 'busy' },
  UNKNOWN: { icon: 'question', tone: 'warn' },
  APPLIED: { icon: 'check', tone: 'ok' },
  REFUSED: { icon: 'ban', tone: 'plain' },
  FAILED: { icon: 'cross', tone: 'bad' },
};

const OTHER: { icon: IconName; tone: Tone } = { icon: 'info', tone: 'plain' };
const OUTCOME_MARKS: Readonly<Record<string, { icon: IconName; tone: Tone }>> = {
  SENT: { icon: 'turning', tone: 'busy' },
  DONE: { icon: 'check', tone: 'ok' },
  REFUSED: { icon: 'ban', tone: 'bad' },
  NOT_SENT: { icon: 'minus', tone: 'plain' },
  UNKNOWN: { icon: 'question', tone: 'warn' },
};

/** Icon and colour beside the word of a step's outcome. */
export function outcomeMark(outcome: string): { icon: IconName; tone: Tone } {
  return OUTCOME_MARKS[outcome] ?? OTHER;
}
