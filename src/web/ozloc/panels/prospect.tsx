import { Notice, TextField, useViewFocus } from '../../shared/components.js';
import { formatCoordinates } from '../state/geometry.js';
import { isUnderWay } from '../state/selectors.js';
import type { Form } from '../state/state.js';
import { useOzloc } from './context.js';
import { DoneHead, SubmissionNotice, ViewHead, WhatNext } from './view-parts.js';

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
      <ViewHead
        id="prospect-title"
        title={i18n.t('prospect.title')}
        leave={{
          label: i18n.t('app.back'),
          icon: 'back',
          disabled: busy,
          onClick: () => dispatch({ type: 'prospect.left' }),
        }}
      />
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
  const { i18n } = useOzloc();
  const view = useViewFocus<HTMLElement>();
  return (
    <section class="view" ref={view} aria-labelledby="prospect-done">
      <DoneHead id="prospect-done" title={i18n.t('prospect.done')} />
      <Notice tone="plain" lead={i18n.t('prospect.doneExplain')} />
      <WhatNext />
    </section>
  );
}
