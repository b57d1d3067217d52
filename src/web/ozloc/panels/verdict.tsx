import { Notice } from '../../shared/components.js';
import { Button, Waiting } from '../../shared/controls.js';
import { troubleText } from '../../shared/i18n/i18n.js';
import type { Viability } from '../state/state.js';
import { useOzloc } from './context.js';

/** What comes later than the page: the steps behind the list, and what the list says beyond its first answer. */
export type Steps = typeof import('./steps.js');

interface VerdictProps {
  /** What else is said of a no, and how whoever extends the network is told of it. */
  steps: Steps | null;
}

/** The answer in one sentence, and the next step where it is not a yes. */
export function VerdictNotice({ steps }: VerdictProps) {
  const { state, i18n, effects } = useOzloc();
  const { viability } = state;
  if (viability.status === 'failed' && viability.trouble) {
    const { code, reason } = viability.trouble;
    // The gate says what to do.
    if (code === 'UNAUTHENTICATED') return null;
    // Asking again would change nothing; another place does.
    if (reason === 'OUTSIDE_SALE') return <Notice tone="warn" lead={troubleText(i18n, viability.trouble)} alert />;
    return (
      <Notice tone="bad" lead={i18n.t('verdict.failed')} alert>
        <p>{troubleText(i18n, viability.trouble)}</p>
        <div class="actions">
          <Button onClick={() => effects.retry()}>{i18n.t('verdict.retry')}</Button>
        </div>
      </Notice>
    );
  }
  const { answer } = viability;
  if (!answer) return viability.status === 'loading' ? <Waiting text={i18n.t('verdict.loading')} /> : null;
  if (!state.position) return null;

  switch (answer.verdict) {
    case 'VIABLE':
      return (
        <Notice tone="ok" lead={i18n.plural('verdict.viable', answer.boxes.length)}>
          {answer.reasons.length > 0 && <Reasons answer={answer} />}
        </Notice>
      );
    case 'NEEDS_PIN':
      return (
        <Notice tone="warn" lead={i18n.t('verdict.needsPin')}>
          <p>{i18n.t('verdict.needsPinExplain', { distance: i18n.metres(state.position.accuracyM) })}</p>
          <div class="actions">
            <Button onClick={() => effects.confirmPosition()}>{i18n.t('position.confirm')}</Button>
          </div>
        </Notice>
      );
    default:
      return <NotViable answer={answer} steps={steps} />;
  }
}

/** Why not, how far away the network is, and whom to tell. */
function NotViable({ answer, steps }: { answer: Viability } & VerdictProps) {
  const { state, i18n, dispatch } = useOzloc();
  const { planned, lines } = steps?.networkAround(state, i18n) ?? { planned: null, lines: null };
  const no = i18n.t(answer.verdict === 'UNKNOWN' ? 'verdict.unknown' : 'verdict.notViable');
  return (
    <Notice tone={planned ? 'warn' : 'bad'} lead={planned ?? no}>
      {lines?.map((line) => <p key={line}>{line}</p>) ?? <Reasons answer={answer} />}
      {state.mode === 'sell' && (
        <div class="actions">
          <Button look="primary" onClick={() => dispatch({ type: 'prospect.opened' })}>
            {i18n.t('prospect.open')}
          </Button>
        </div>
      )}
      {steps && <steps.TellEngineering />}
    </Notice>
  );
}

function Reasons({ answer }: { answer: Viability }) {
  const { i18n } = useOzloc();
  const reasons = answer.reasons.length > 0 ? answer.reasons : (['OTHER'] as const);
  return (
    <>
      {reasons.map((reason) => (
        <p key={reason}>{i18n.t(`reason.${reason}`)}</p>
      ))}
    </>
  );
}
