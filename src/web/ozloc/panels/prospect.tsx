import { useState } from 'preact/hooks';
import { Notice, TextField, useViewFocus } from '../../shared/components.js';
import { Button } from '../../shared/controls.js';
import { formatCoordinates } from '../state/geometry.js';
import { isUnderWay } from '../state/selectors.js';
import type { Form } from '../state/state.js';
import { useOzloc } from './context.js';
import { BACK, DoneHead, Facts, LogLink, SubmissionNotice, ViewHead, WhatNext } from './view-parts.js';

const KNOWN_BY = { PHONE: 'prospect.knownPhone', NAME: 'prospect.knownName' } as const;

/** A lead that cannot be served yet: kept in OZmap for when the network grows. */
export function Prospect() {
  const { state, effects, i18n, dispatch } = useOzloc();
  const view = useViewFocus<HTMLFormElement>();
  const { form, position, submission, knownLead } = state;
  const busy = isUnderWay(submission.status);
  const change = (patch: Partial<Form>) => dispatch({ type: 'form.changed', patch });
  const optional = i18n.t('sale.optional');
  // A lead that nobody can call is none.
  const [asked, setAsked] = useState(false);
  const unnamed = form.name.trim() === '' && form.phone.trim() === '';
  const create = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (unnamed) return view.current?.querySelector<HTMLElement>('input')?.focus();
    void effects.createProspect();
  };
  return (
    <form class="view" ref={view} onSubmit={create} aria-labelledby="prospect-title" noValidate>
      <ViewHead
        id="prospect-title"
        title={i18n.t('prospect.title')}
        leave={{
          label: i18n.t('app.back'),
          icon: BACK,
          disabled: busy,
          onClick: () => dispatch({ type: 'prospect.left' }),
        }}
      />
      <p class="muted small">{i18n.t('prospect.explain')}</p>
      {position && (
        <p class="small">
          {position.address?.label}
          {position.address && <br />}
          <span class="number muted">{formatCoordinates(position)}</span>
        </p>
      )}
      <fieldset disabled={busy} class="fields">
        <p class="small" id="prospect-who">
          {i18n.t('prospect.who')}
        </p>
        <TextField
          label={i18n.t('sale.name')}
          describedBy="prospect-who"
          value={form.name}
          onInput={(name) => change({ name })}
          maxLength={200}
          focus
        />
        <TextField
          label={i18n.t('prospect.phone')}
          type="tel"
          describedBy="prospect-who"
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
        {knownLead && (
          <Notice tone="warn" lead={i18n.t(knownLead.by ? KNOWN_BY[knownLead.by] : 'prospect.known')} alert>
            <p>{i18n.t('prospect.knownExplain')}</p>
            <p class="small">
              {i18n.t('prospect.number')}: <span class="number">{knownLead.id}</span>
            </p>
            {/* Neither where the thumb was nor what Enter presses: asked twice in a hurry, it makes no second lead. */}
            <Button aria-disabled={busy} onClick={create}>
              {i18n.t('prospect.createAnyway')}
            </Button>
          </Notice>
        )}
        {asked && unnamed && <Notice tone="warn" lead={i18n.t('prospect.needsContact')} alert />}
        <Button type="submit" look="primary wide" busy={busy} disabled={knownLead !== null}>
          {i18n.t(busy ? 'prospect.creating' : 'prospect.create')}
        </Button>
      </div>
    </form>
  );
}

/** The prospect is in OZmap: who, where, and by which number it is found again. */
export function ProspectDone() {
  const { state, i18n } = useOzloc();
  const view = useViewFocus<HTMLElement>();
  const { lead } = state;
  const facts: [string, string | null][] = [
    [i18n.t('sale.name'), lead?.name ?? null],
    [i18n.t('prospect.phone'), lead?.phone ?? null],
    [i18n.t('sale.address'), lead?.address ?? null],
    [i18n.t('prospect.number'), lead?.prospectId ?? null],
  ];
  return (
    <section class="view" ref={view} aria-labelledby="prospect-done">
      <DoneHead id="prospect-done" title={i18n.t('prospect.done')} />
      <Notice tone="plain" lead={i18n.t('prospect.doneExplain')} />
      <Facts facts={facts} />
      {lead?.operationId && <LogLink operation={lead.operationId} />}
      <WhatNext />
    </section>
  );
}
