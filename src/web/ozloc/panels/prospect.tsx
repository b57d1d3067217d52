import { useState } from 'preact/hooks';
import { mapUrl } from '../../../sketch/sketch.js';
import { Notice, TextField, useViewFocus } from '../../shared/components.js';
import { wayBack } from '../caller.js';
import { cleanEntry } from '../history.js';
import { formatCoordinates } from '../state/geometry.js';
import { isUnderWay } from '../state/selectors.js';
import type { Form, OzlocState } from '../state/state.js';
import { type I18n, useOzloc } from './context.js';
import { BackToCnt } from './ticket-over.js';
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
            <button type="button" class="button" aria-disabled={busy} onClick={create}>
              {i18n.t('prospect.createAnyway')}
            </button>
          </Notice>
        )}
        {asked && unnamed && <Notice tone="warn" lead={i18n.t('prospect.needsContact')} alert />}
        <button type="submit" class="button primary wide" aria-disabled={busy} disabled={knownLead !== null}>
          {busy && <span class="spinner" />}
          {i18n.t(busy ? 'prospect.creating' : 'prospect.create')}
        </button>
      </div>
    </form>
  );
}

/** On to whoever extends the network, with all that he needs to know: as a letter, by what the device shares with, or copied. Nobody's name or number goes along. */
export function TellEngineering() {
  const { state, i18n, config } = useOzloc();
  const [by, setBy] = useState<'nothing' | 'copied' | 'hand'>('nothing');
  const { position } = state;
  if (!position) return null;
  const text = letterOf(state, i18n);
  const byHand = (error?: Error) => {
    if (error?.name !== 'AbortError') setBy('hand');
  };
  const share = () => navigator.share({ text }).catch(byHand);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setBy('copied');
    } catch {
      byHand();
    }
  };
  const query = new URLSearchParams({
    subject: i18n.t('verdict.tellSubject', { place: position.address?.label ?? formatCoordinates(position) }),
    body: text,
  });
  return (
    <div class="actions">
      {config.contact && (
        <a class="button" href={`mailto:${config.contact}?${query.toString().replaceAll('+', '%20')}`}>
          {i18n.t('verdict.tell')}
        </a>
      )}
      {'share' in navigator ? (
        <button type="button" class="button" onClick={share}>
          {i18n.t(config.contact ? 'done.share' : 'verdict.tell')}
        </button>
      ) : (
        <button type="button" class="button" onClick={copy}>
          {i18n.t('verdict.copy')}
        </button>
      )}
      <a class="button" href={`https://wa.me/?text=${encodeURIComponent(text)}`} target="_blank" rel="noreferrer">
        {i18n.t('done.whatsapp')}
      </a>
      <p class="small" role="status">
        {by === 'copied' && i18n.t('verdict.copied')}
      </p>
      {by === 'hand' && (
        <textarea class="letter" readOnly rows={6} aria-label={i18n.t('verdict.letter')} value={text} />
      )}
    </div>
  );
}

/** A box in project this near is what the place waits for, where nobody knows how far OZmap searches. */
const PLANNED_NEAR_M = 200;

/** Why nothing is on offer, and how far away the network is. `planned`: it comes to this place, said in one sentence; null: not that anybody knows. */
export function networkAround(
  { nearest, viability }: Pick<OzlocState, 'nearest' | 'viability'>,
  i18n: I18n,
): { planned: string | null; lines: string[] } {
  const { reasons = [], searchRadiusM = null } = viability.answer ?? {};
  const isPlanned = nearest.some(
    ({ status, distanceM }) => status === 'DRAFT' && distanceM <= (searchRadiusM ?? PLANNED_NEAR_M),
  );
  const said = reasons.length > 0 ? reasons : (['OTHER'] as const);
  const lines = [
    // That there is no box would not be true.
    ...said.filter((reason) => !isPlanned || reason !== 'NO_BOX_IN_RANGE').map((reason) => i18n.t(`reason.${reason}`)),
    ...nearest.map((box, index) => boxAt(box, i18n, index > 0)),
  ];
  if (searchRadiusM) lines.push(i18n.t('verdict.radius', { distance: i18n.metres(searchRadiusM) }));
  return { planned: isPlanned ? i18n.t('verdict.planned') : null, lines };
}

function boxAt({ name, status, distanceM }: OzlocState['nearest'][number], i18n: I18n, beyondPlanned = false): string {
  const values = { box: name ?? '', distance: i18n.metres(distanceM) };
  if (status === 'DRAFT') return i18n.t('verdict.nearestPlanned', values);
  return i18n.t(beyondPlanned ? 'verdict.nearestBuilt' : 'verdict.nearest', values);
}

/** Where there is no viability, why, and how far the network is. */
function letterOf(state: OzlocState, i18n: I18n): string {
  const { position, viability, nearest, form } = state;
  const [refused] = viability.answer?.refusedBoxes ?? [];
  const place = position && formatCoordinates(position);
  const lines = [
    i18n.t('verdict.tellSubject', { place: position?.address?.label ?? place ?? '' }),
    place,
    position && mapUrl(position),
    ...networkAround(state, i18n).lines,
    nearest.length === 0 && refused && boxAt({ ...refused.box, distanceM: refused.distanceM }, i18n),
    ...(refused?.reasons ?? []).map(
      ({ code, message }) => `${refused?.box.name}: ${message || i18n.t(`refusal.${code}`)}`,
    ),
    form.contractCode && `${i18n.t('verdict.contract')} ${form.contractCode}`,
  ];
  return lines.filter(Boolean).join('\n');
}

/** OZmap knows no such contract: another code is tried, or its client is a new one. */
export function OtherContract() {
  const { state, effects, i18n, dispatch } = useOzloc();
  const [code, setCode] = useState(state.form.contractCode);
  if (state.contractFixed)
    return (
      <>
        <p>{i18n.t('move.linkOnly')}</p>
        {wayBack(state) && <BackToCnt />}
      </>
    );
  const correct = (event: Event) => {
    event.preventDefault();
    if (code.trim() === '') return;
    dispatch({ type: 'form.changed', patch: { contractCode: code.trim() } });
    cleanEntry(addressOf('integration_code', code.trim()), false);
    void effects.loadExisting();
  };
  const asNew = () => {
    cleanEntry(addressOf('cod_cli', state.form.contractCode), false);
    dispatch({ type: 'sale.asNew' });
  };
  return (
    <form class="fields" onSubmit={correct}>
      <TextField label={i18n.t('sale.contract')} value={code} onInput={setCode} maxLength={100} />
      <div class="actions">
        <button type="submit" class="button">
          {i18n.t('move.correct')}
        </button>
        <button type="button" class="button" onClick={asNew}>
          {i18n.t('move.asNew')}
        </button>
      </div>
    </form>
  );
}

/** The page's address for this contract, sold or moved; the rest of it is left as it was written. */
function addressOf(name: 'cod_cli' | 'integration_code', code: string): string {
  const rest = location.search
    .split(/[?&]/)
    .filter((pair) => pair && !/^(cod_cli|integration_code|contract)=/i.test(pair));
  return `${location.pathname}?${[`${name}=${encodeURIComponent(code)}`, ...rest].join('&')}`;
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
