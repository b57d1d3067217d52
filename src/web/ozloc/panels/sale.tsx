import { Notice } from '../../shared/components/notice.js';
import { TextField } from '../../shared/components/text-field.js';
import { useViewFocus } from '../../shared/use-view-focus.js';
import { chosenHome, isUnderWay, saleIssues } from '../state/selectors.js';
import type { Form } from '../state/state.js';
import { useOzloc } from './context.js';
import { SaleFacts } from './sale-facts.js';
import { SubmissionNotice } from './submission-notice.js';
import { ViewHead } from './view-head.js';

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
      <ViewHead
        id="sale-title"
        title={i18n.t(relocate ? 'sale.titleRelocate' : 'sale.title')}
        leave={{
          label: i18n.t('app.back'),
          icon: 'back',
          disabled: busy,
          onClick: () => dispatch({ type: 'sale.left' }),
        }}
      />
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
