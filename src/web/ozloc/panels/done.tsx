import { useState } from 'preact/hooks';
import { Icon, Notice, useViewFocus } from '../../shared/components.js';
import type { Outcome } from '../state/state.js';
import { useOzloc } from './context.js';
import { DoneHead, WhatNext } from './view-parts.js';

/** The result in OZmap, and its sketch. */
export function Done({ outcome }: { outcome: Outcome }) {
  const { i18n } = useOzloc();
  const view = useViewFocus<HTMLElement>();
  const { reservation, warnings } = outcome;
  const facts: [string, string | null][] = [
    [i18n.t('done.contract'), reservation.contractCode],
    [i18n.t('done.client'), reservation.client?.name ?? null],
    [i18n.t('done.address'), reservation.property?.address ?? null],
    [i18n.t('done.drop'), reservation.drop?.lengthM == null ? null : i18n.metres(reservation.drop.lengthM)],
  ];
  return (
    <section class="view" ref={view} aria-labelledby="done-title">
      <DoneHead id="done-title" title={i18n.t(outcome.kind === 'relocated' ? 'done.relocated' : 'done.reserved')} />
      <dl class="ticket">
        <div>
          <dt>{i18n.t('done.box')}</dt>
          <dd>{reservation.box?.name ?? '—'}</dd>
        </div>
        <div>
          <dt>{i18n.t('done.splitter')}</dt>
          <dd>{reservation.connection?.splitter?.name ?? '—'}</dd>
        </div>
        <div>
          <dt>{i18n.t('done.port')}</dt>
          <dd class="number">{reservation.connection?.port ?? '—'}</dd>
        </div>
      </dl>
      <dl class="facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {warnings.map((warning) => (
        <Notice key={warning.code} tone="warn" lead={warning.message} />
      ))}
      <Sketch outcome={outcome} />
      <WhatNext />
    </section>
  );
}

function Sketch({ outcome }: { outcome: Outcome }) {
  const { store, i18n, config } = useOzloc();
  const [status, setStatus] = useState<'idle' | 'making' | 'failed'>('idle');
  const make = async (format: 'png' | 'pdf') => {
    if (status === 'making') return;
    setStatus('making');
    try {
      const { downloadSketch } = await import('../croqui/download.js');
      await downloadSketch({ format, outcome, state: store.get(), i18n, config });
      setStatus('idle');
    } catch {
      setStatus('failed');
    }
  };
  return (
    <section aria-labelledby="sketch-title">
      <h3 id="sketch-title">{i18n.t('done.sketch')}</h3>
      <div class="pair">
        {(['pdf', 'png'] as const).map((format) => (
          <button key={format} type="button" class="button" onClick={() => make(format)}>
            <Icon name="download" /> {i18n.t(`done.${format}`)}
          </button>
        ))}
      </div>
      <p class="muted small" role="status">
        {status === 'making' && i18n.t('done.making')}
      </p>
      {status === 'failed' && <Notice tone="bad" lead={i18n.t('done.sketchFailed')} alert />}
    </section>
  );
}
