import { useLayoutEffect, useRef } from 'preact/hooks';
import type { IntegrationOperationState } from '../../../generated/logs-operations.js';
import { Notice } from '../../shared/components.js';
import { Button, Icon, type IconName } from '../../shared/controls.js';
import { troubleText } from '../../shared/i18n/i18n.js';
import type { LoggedOperation, LoggedProblem } from '../state/operation-list.js';
import type { Retry } from '../state/state.js';
import { fieldText, problemText } from '../words/words.js';
import { usePage } from './context.js';

/** Drawn by this page alone. */
export const DRAWN = {
  question: 'M8.5 9a3.5 3.5 0 1 1 5.2 3c-1.1.7-1.7 1.3-1.7 2.6M12 18.6v.2',
  ban: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM5.7 5.7l12.6 12.6',
  turning: 'M20 11a8 8 0 0 0-14.3-4L4 9M4 4v5h5M4 13a8 8 0 0 0 14.3 4l1.7-2M20 20v-5h-5',
  copy: 'M9 9h10v11H9ZM5 15V4h10',
  up: 'M6 14.5 12 8.5l6 6',
  down: 'M6 9.5l6 6 6-6',
} as const;

interface StateMark {
  icon: IconName;
  tone: 'ok' | 'warn' | 'bad' | 'plain' | 'busy';
}

/** Icon and colour beside the word of a state; no two states share an icon. */
export const STATE_MARKS: Readonly<Record<IntegrationOperationState, StateMark>> = {
  PENDING: { icon: DRAWN.turning, tone: 'busy' },
  QUEUED: { icon: 'clock', tone: 'busy' },
  UNKNOWN: { icon: DRAWN.question, tone: 'warn' },
  APPLIED: { icon: 'check', tone: 'ok' },
  REFUSED: { icon: DRAWN.ban, tone: 'plain' },
  FAILED: { icon: 'cross', tone: 'bad' },
};

const OTHER: StateMark = { icon: 'info', tone: 'plain' };
const OUTCOME_MARKS: Readonly<Record<string, StateMark>> = {
  SENT: { icon: DRAWN.turning, tone: 'busy' },
  DONE: { icon: 'check', tone: 'ok' },
  REFUSED: { icon: DRAWN.ban, tone: 'bad' },
  NOT_SENT: { icon: 'minus', tone: 'plain' },
  UNKNOWN: { icon: DRAWN.question, tone: 'warn' },
};

/** Icon and colour beside the word of a step's outcome. */
export function outcomeMark(outcome: string): StateMark {
  return OUTCOME_MARKS[outcome] ?? OTHER;
}

interface OutcomeProps {
  operation: LoggedOperation;
  retry: Retry | null;
  leaveTo(): void;
}

/** Why it did not (yet) end well, and what can be done about it. Nothing for what was done without a problem. */
export function Outcome({ operation, retry, leaveTo }: OutcomeProps) {
  const { words } = usePage();
  const { state, problem } = operation;
  const explanation = words.find(`explain.${state}`) ?? null;
  if (state === 'APPLIED' && problem === null) return null;
  const lead = problem ? problemText(words, problem) : explanation;
  const tone = state === 'FAILED' ? 'bad' : state === 'UNKNOWN' ? 'warn' : 'plain';
  return (
    <>
      {lead !== null && (
        <Notice tone={tone} lead={lead}>
          {problem && explanation !== null && <p>{explanation}</p>}
          {problem && <Particulars problem={problem} />}
          {state === 'FAILED' && (
            <RetryButton id={operation.id} sending={retry?.status === 'sending'} leaveTo={leaveTo} />
          )}
        </Notice>
      )}
      {!lead && state === 'FAILED' && (
        <RetryButton id={operation.id} sending={retry?.status === 'sending'} leaveTo={leaveTo} />
      )}
      {retry?.status === 'refused' && (
        <Notice tone="warn" lead={words.t('retry.refused')} alert>
          <p>
            {retry.problem
              ? problemText(words, retry.problem)
              : troubleText(words, { code: retry.code, reason: null, message: null })}
          </p>
        </Notice>
      )}
    </>
  );
}

/** Which values were meant, and the code by which the maintainers know the problem. */
function Particulars({ problem }: { problem: LoggedProblem }) {
  const { words } = usePage();
  const number = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 1 });
  const lines = problem.details.map(({ field, value, limit, actual }) => ({
    name: field === null ? '' : fieldText(words, field),
    said: [
      value === 'true' ? words.t('detail.yes') : value === 'false' ? words.t('detail.no') : value,
      actual === null ? null : number.format(actual),
      limit === null ? null : words.t('detail.limit', { limit: number.format(limit) }),
    ]
      .filter((part) => part !== null)
      .join(' · '),
  }));
  return (
    <>
      {lines.map(({ name, said }) => (
        <p key={`${name} ${said}`} class="number">
          {[name, said].filter(Boolean).join(': ')}
        </p>
      ))}
      <p class="muted small">
        {words.t('detail.code')}: <code>{[problem.code, problem.reason].filter(Boolean).join(' ')}</code>
      </p>
    </>
  );
}

function RetryButton({ id, sending, leaveTo }: { id: string; sending: boolean; leaveTo(): void }) {
  const { words, effects } = usePage();
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const mine = button.current;
    return () => {
      if (mine && document.activeElement === mine) leaveTo();
    };
  }, []);
  return (
    <div class="actions">
      <Button at={button} busy={sending} onClick={() => void effects.retry(id)}>
        {!sending && <Icon name={DRAWN.turning} size={18} />}
        {words.t(sending ? 'retry.sending' : 'retry.do')}
      </Button>
    </div>
  );
}
