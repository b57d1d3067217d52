import { useState } from 'preact/hooks';
import { mapUrl } from '../../../sketch/sketch.js';
import { Notice, useKeptFocus, useViewFocus } from '../../shared/components.js';
import { Button, Icon, Waiting } from '../../shared/controls.js';
import { located } from '../state/selectors.js';
import type { Outcome } from '../state/state.js';
import { useOzloc } from './context.js';
import { DoneHead, Facts, Held, LogLink, WhatNext } from './view-parts.js';

const DOWNLOAD = 'M12 4v11M7 11l5 5 5-5M5 20h14';

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
          <dt>{i18n.t(reservation.building ? 'sale.building' : 'done.box')}</dt>
          <dd>{(reservation.box ?? reservation.building)?.name ?? '—'}</dd>
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
      <Facts facts={facts} />
      {warnings.map((warning) => (
        <Notice key={warning.code} tone="warn" lead={warning.message} />
      ))}
      {reservation.expiresAt && <Held code={reservation.contractCode} expiresAt={reservation.expiresAt} />}
      <p class="small">{i18n.t(outcome.kind === 'relocated' ? 'done.nextRelocated' : 'done.nextReserved')}</p>
      <Share outcome={outcome} />
      <Sketch outcome={outcome} />
      <LogLink code={reservation.contractCode} />
      <WhatNext />
    </section>
  );
}

/** Where the home of a contract lies, and what it hangs on; to move its client is one thing that may be done from here. */
export function ContractPlace() {
  const { state, i18n, effects, dispatch } = useOzloc();
  const heading = useKeptFocus<HTMLHeadingElement>();
  const { existing, form } = state;
  const { status, client } = existing;
  const code = form.contractCode;
  const { property = null, connection = null } = client ?? {};
  return (
    <section class="view" aria-labelledby="contract-title">
      <h2 id="contract-title" ref={heading} tabIndex={-1}>
        {i18n.t('contract.title', { code })}
      </h2>
      {status === 'loading' && <Waiting />}
      {status === 'missing' && <Notice tone="bad" lead={i18n.t('sale.movingMissing', { code })} alert />}
      {status === 'failed' && (
        <Notice tone="bad" lead={i18n.t('sale.movingFailed', { code })} alert>
          <Button onClick={() => void effects.loadExisting()}>{i18n.t('verdict.retry')}</Button>
        </Notice>
      )}
      {client && (
        <>
          <Facts
            facts={[
              [i18n.t('done.client'), client.name],
              [i18n.t('done.address'), property?.address ?? null],
              [i18n.t('done.box'), property?.box?.name ?? null],
              [i18n.t('done.splitter'), connection?.splitter?.name ?? null],
              [i18n.t('done.port'), connection?.port?.toString() ?? null],
            ]}
          />
          {!(property && located(property)) && <Notice tone="plain" lead={i18n.t('contract.noPlace')} />}
          <Button onClick={() => dispatch({ type: 'move.begun' })}>{i18n.t('contract.move')}</Button>
        </>
      )}
      {status !== 'none' && <LogLink code={code} />}
    </section>
  );
}

/** On to the installer: as a text to whomever, as a place for a navigator, on paper. */
function Share({ outcome }: { outcome: Outcome }) {
  const { i18n } = useOzloc();
  const { reservation } = outcome;
  const at = reservation.property && located(reservation.property);
  const map = at && mapUrl(at);
  const text = [
    `${i18n.t('done.contract')} ${reservation.contractCode}`,
    reservation.building?.name ?? [i18n.t('done.box'), reservation.box?.name].filter(Boolean).join(' '),
    `${reservation.connection?.splitter?.name ?? ''} ${i18n.t('done.port')} ${reservation.connection?.port ?? '—'}`.trim(),
    reservation.property?.address,
    map,
  ]
    .filter(Boolean)
    .join('\n');
  return (
    <div class="share">
      <a class="button" href={`https://wa.me/?text=${encodeURIComponent(text)}`} target="_blank" rel="noreferrer">
        {i18n.t('done.whatsapp')}
      </a>
      {map && (
        <a class="button" href={map} target="_blank" rel="noreferrer">
          {i18n.t('done.map')}
        </a>
      )}
      {'share' in navigator && (
        <Button onClick={() => navigator.share({ text }).catch(() => {})}>{i18n.t('done.share')}</Button>
      )}
      <Button onClick={() => print()}>{i18n.t('done.print')}</Button>
    </div>
  );
}

function Sketch({ outcome }: { outcome: Outcome }) {
  const { store, i18n, config } = useOzloc();
  const [status, setStatus] = useState<'idle' | 'making' | 'bare' | 'failed'>('idle');
  const make = async (format: 'png' | 'pdf') => {
    if (status === 'making') return;
    setStatus('making');
    try {
      const { downloadSketch } = await import('../croqui/download.js');
      const whole = await downloadSketch({ format, outcome, state: store.get(), i18n, config });
      setStatus(whole ? 'idle' : 'bare');
    } catch {
      setStatus('failed');
    }
  };
  return (
    <section aria-labelledby="sketch-title">
      <h3 id="sketch-title">{i18n.t('done.sketch')}</h3>
      <div class="pair">
        {(['pdf', 'png'] as const).map((format) => (
          <Button key={format} onClick={() => make(format)}>
            <Icon name={DOWNLOAD} /> {i18n.t(`done.${format}`)}
          </Button>
        ))}
      </div>
      <p class="muted small making" role="status">
        {status === 'making' && <span class="spinner" />}
        {status === 'making' && i18n.t('done.making')}
      </p>
      {status === 'bare' && <Notice tone="warn" lead={i18n.t('done.sketchBare')} alert />}
      {status === 'failed' && <Notice tone="bad" lead={i18n.t('done.sketchFailed')} alert />}
    </section>
  );
}
