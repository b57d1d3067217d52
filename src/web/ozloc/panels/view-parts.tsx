import { Icon, type IconName, Notice } from '../../shared/components.js';
import { troubleText } from '../../shared/i18n/i18n.js';
import { LOST_ON_THE_WAY } from '../state/state.js';
import { useOzloc } from './context.js';

interface ViewHeadProps {
  /** Of the heading, by which its view is named. */
  id: string;
  title: string;
  /** What the button before the title says and does. */
  leave: { label: string; icon: IconName; disabled?: boolean; onClick(): void };
}

/** The title of a step, and the way back out of it. */
export function ViewHead({ id, title, leave }: ViewHeadProps) {
  return (
    <div class="view-head">
      <button
        type="button"
        class="button quiet icon"
        aria-label={leave.label}
        title={leave.label}
        disabled={leave.disabled ?? false}
        onClick={leave.onClick}
      >
        <Icon name={leave.icon} />
      </button>
      <h2 id={id}>{title}</h2>
    </div>
  );
}

/** How the command is getting on. */
export function SubmissionNotice() {
  const { state, i18n } = useOzloc();
  const { status, trouble } = state.submission;
  if (status === 'waiting' && trouble) {
    const lost = LOST_ON_THE_WAY.has(trouble.code);
    return <Notice tone="warn" lead={i18n.t(lost ? 'sale.waitingConnection' : 'sale.waiting')} alert />;
  }
  if (status === 'refused' && trouble) return <Notice tone="bad" lead={troubleText(i18n, trouble)} alert />;
  return null;
}

/** The title of a view that tells what was done. */
export function DoneHead({ id, title }: { id: string; title: string }) {
  return (
    <div class="done-head">
      <span class="done-mark" aria-hidden="true">
        <Icon name="check" size={26} />
      </span>
      <h2 id={id}>{title}</h2>
    </div>
  );
}

/** On to the next client; a page that came for one contract has nothing more to do. */
export function WhatNext() {
  const { state, i18n, dispatch } = useOzloc();
  if (state.contractFixed || state.mode === 'relocate') return <p class="muted small">{i18n.t('done.close')}</p>;
  return (
    <button type="button" class="button wide" onClick={() => dispatch({ type: 'sale.restarted' })}>
      {i18n.t('done.next')}
    </button>
  );
}
