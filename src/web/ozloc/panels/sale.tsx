import { Icon } from '../../shared/components/icon.js';
import { Notice } from '../../shared/components/notice.js';
import { TextField } from '../../shared/components/text-field.js';
import { troubleText } from '../../shared/i18n/trouble-text.js';
import { LOST_ON_THE_WAY } from '../state/lost.js';
import { chosenHome, isUnderWay, saleIssues } from '../state/selectors.js';
import type { Form } from '../state/state.js';
import { useOzloc } from './context.js';
import { SaleFacts } from './sale-facts.js';
import { useViewFocus } from './use-view-focus.js';

/** What will be sold, for whom, and the one button that does it. */
export function Sale() {
  const { state, effects, i18n, dispatch } = useOzloc();
  const view = useViewFocus<HTMLFormElement>();
  const { form, submission, position, mode } = state;
  const issues = saleIssues(state);
  const busy = isUnderWay(submission.status);
  const relocate = mode === 'relocate';
  const submit = (event: Event) => {
    event.preventDefault();
    if (issues.includes('contractMissing')) view.current?.querySelector<HTMLElement>('input')?.focus();
    void effects.submit();
  };
  const change = (patch: Partial<Form>) => dispatch({ type: 'form.changed', patch });
  const unsure = position && position.accuracyM > 0 && !chosenHome(state) ? i18n.metres(position.accuracyM) : null;

  return (
    <form class="view" ref={view} onSubmit={submit} aria-labelledby="sale-title" noValidate>
      <div class="view-head">
        <button
          type="button"
          class="button quiet icon"
          aria-label={i18n.t('app.back')}
          disabled={busy}
          onClick={() => dispatch({ type: 'sale.left' })}
        >
          <Icon name="back" />
        </button>
        <h2 id="sale-title">{i18n.t(relocate ? 'sale.titleRelocate' : 'sale.title')}</h2>
      </div>
      <SaleFacts />
      {unsure && submission.status === 'idle' && (
        <p class="small warn-text">{i18n.t('sale.notPinned', { distance: unsure })}</p>
      )}
      {issues.includes('boxGone') && <Notice tone="bad" lead={i18n.t('sale.boxGone')} alert />}
      <fieldset disabled={busy} class="fields">
        <TextField
          label={i18n.t('sale.contract')}
          value={form.contractCode}
          onInput={(contractCode) => change({ contractCode })}
          readOnly={state.contractFixed || relocate}
          maxLength={100}
          required
          focus
        />
        {!relocate && (
          <TextField
            label={i18n.t('sale.name')}
            optional={i18n.t('sale.optional')}
            value={form.name}
            onInput={(name) => change({ name })}
            maxLength={200}
            focus
          />
        )}
        <TextField
          label={i18n.t('sale.address')}
          optional={i18n.t('sale.optional')}
          value={form.address}
          onInput={(address) => change({ address })}
        />
        {relocate ? (
          <label class="check">
            <input
              type="checkbox"
              checked={form.keepOldProperty}
              onChange={(event) => change({ keepOldProperty: event.currentTarget.checked })}
            />
            {i18n.t('sale.keepOld')}
          </label>
        ) : (
          <TextField
            label={i18n.t('sale.observation')}
            optional={i18n.t('sale.optional')}
            value={form.observation}
            onInput={(observation) => change({ observation })}
            multiline
            maxLength={2000}
          />
        )}
      </fieldset>
      <div class="view-foot">
        <SubmissionNotice />
        <button
          type="submit"
          class="button primary wide"
          aria-disabled={busy || issues.length > 0}
          aria-describedby="sale-issue"
        >
          {busy && <span class="spinner" />}
          {i18n.t(busy ? 'sale.sending' : relocate ? 'sale.confirmRelocate' : 'sale.confirm')}
        </button>
        <p class="muted small" id="sale-issue">
          {issues.includes('contractMissing') && i18n.t('sale.contractMissing')}
        </p>
      </div>
    </form>
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
