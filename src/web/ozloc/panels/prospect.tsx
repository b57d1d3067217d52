import { Icon } from '../../shared/components/icon.js';
import { Notice } from '../../shared/components/notice.js';
import { TextField } from '../../shared/components/text-field.js';
import { formatCoordinates } from '../state/geometry.js';
import { isUnderWay } from '../state/selectors.js';
import type { Form } from '../state/state.js';
import { useOzloc } from './context.js';
import { SubmissionNotice } from './sale.js';
import { useViewFocus } from './use-view-focus.js';

/** Somebody who cannot be served yet: kept in OZmap for when the network grows. */
export function Prospect() {
  const { state, effects, i18n, dispatch } = useOzloc();
  const view = useViewFocus<HTMLFormElement>();
  const { form, position, submission } = state;
  const busy = isUnderWay(submission.status);
  const change = (patch: Partial<Form>) => dispatch({ type: 'form.changed', patch });
  const optional = i18n.t('sale.optional');
  const create = (event: Event) => {
    event.preventDefault();
    void effects.createProspect();
  };
  return (
    <form class="view" ref={view} onSubmit={create} aria-labelledby="prospect-title" noValidate>
      <div class="view-head">
        <button
          type="button"
          class="button quiet icon"
          aria-label={i18n.t('app.back')}
          disabled={busy}
          onClick={() => dispatch({ type: 'prospect.left' })}
        >
          <Icon name="back" />
        </button>
        <h2 id="prospect-title">{i18n.t('prospect.title')}</h2>
      </div>
      <p class="muted small">{i18n.t('prospect.explain')}</p>
      {position && <p class="number small">{formatCoordinates(position)}</p>}
      <fieldset disabled={busy} class="fields">
        <TextField
          label={i18n.t('sale.name')}
          optional={optional}
          value={form.name}
          onInput={(name) => change({ name })}
          maxLength={200}
          focus
        />
        <TextField
          label={i18n.t('prospect.phone')}
          optional={optional}
          type="tel"
          inputMode="tel"
          value={form.phone}
          onInput={(phone) => change({ phone })}
          maxLength={40}
        />
        <TextField
          label={i18n.t('sale.address')}
          optional={optional}
          value={form.address}
          onInput={(address) => change({ address })}
        />
        <TextField
          label={i18n.t('prospect.note')}
          optional={optional}
          value={form.observation}
          onInput={(observation) => change({ observation })}
          multiline
          maxLength={2000}
        />
      </fieldset>
      <div class="view-foot">
        <SubmissionNotice />
        <button type="submit" class="button primary wide" aria-disabled={busy}>
          {busy && <span class="spinner" />}
          {i18n.t(busy ? 'prospect.creating' : 'prospect.create')}
        </button>
      </div>
    </form>
  );
}

/** The prospect is in OZmap. */
export function ProspectDone() {
  const { state, i18n, dispatch } = useOzloc();
  const view = useViewFocus<HTMLElement>();
  return (
    <section class="view" ref={view} aria-labelledby="prospect-done">
      <div class="done-head">
        <span class="done-mark" aria-hidden="true">
          <Icon name="check" size={26} />
        </span>
        <h2 id="prospect-done">{i18n.t('prospect.done')}</h2>
      </div>
      <Notice tone="plain" lead={i18n.t('prospect.doneExplain')} />
      {state.contractFixed ? (
        <p class="muted small">{i18n.t('done.close')}</p>
      ) : (
        <button type="button" class="button wide" onClick={() => dispatch({ type: 'sale.restarted' })}>
          {i18n.t('done.next')}
        </button>
      )}
    </section>
  );
}
