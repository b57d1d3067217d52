import { useEffect, useRef, useState } from 'preact/hooks';
import { Notice, useKeptFocus } from '../../shared/components.js';
import { Button, Icon, IconButton, type IconButtonProps } from '../../shared/controls.js';
import { troubleText } from '../../shared/i18n/i18n.js';
import { useUntil } from '../../shared/until.js';
import { wayBack } from '../caller.js';
import { isCodeTaken } from '../state/selectors.js';
import {
  type Choice,
  type ExistingClient,
  LOST_ON_THE_WAY,
  type OzlocState,
  type PortTarget,
  type Splitters,
  type Trouble,
} from '../state/state.js';
import { useOzloc } from './context.js';
import { isByToken } from './gate.js';
import { BackToCnt } from './ticket-over.js';

interface ViewHeadProps {
  /** Of the heading, by which its view is named. */
  id: string;
  title: string;
  /** What the button before the title says and does. */
  leave: Pick<IconButtonProps, 'label' | 'icon' | 'disabled' | 'onClick'>;
}

/** An arrow to the left. */
export const BACK = 'M14 5 7 12l7 7M7 12h13';

/** The title of a step, and the way back out of it. */
export function ViewHead({ id, title, leave }: ViewHeadProps) {
  return (
    <div class="view-head">
      <IconButton look="quiet" {...leave} />
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
  // Of an access that is over, the gate above says so, and how to go on.
  if (status !== 'refused' || !trouble || trouble.code === 'UNAUTHENTICATED') return null;
  // Said at the code itself.
  if (trouble.reason === 'CODE_IN_USE') return null;
  return <Notice tone="bad" lead={troubleText(i18n, trouble)} alert />;
}

/** At the contract's code, once it was refused: it is somebody's already, whose as far as the token may know. */
export function CodeTaken() {
  const { state, i18n } = useOzloc();
  const here = useRef<HTMLDivElement>(null);
  const { trouble } = state.submission;
  const isTaken = isCodeTaken(state);
  // On a phone what is wrong would stand above what is in sight.
  useEffect(() => here.current?.parentElement?.scrollIntoView({ block: 'nearest' }), [isTaken]);
  if (!isTaken || !trouble) return null;
  return (
    <div ref={here} id="code-taken">
      <Notice tone="bad" lead={troubleText(i18n, trouble)} alert>
        <ClientThere code={state.form.contractCode.trim()} />
      </Notice>
    </div>
  );
}

/** A token may do more than the one sale that a link is for. */
function ownToken({ caller, access }: OzlocState): boolean {
  return !caller && isByToken(access);
}

/** The code has a client already: who that is, to move him here instead, and what happened to the contract. */
function ClientThere({ code }: { code: string }) {
  const { state, i18n, effects } = useOzloc();
  const [holder, setHolder] = useState<ExistingClient | null>(null);
  useEffect(() => {
    // Whom the token does not see stays unnamed.
    effects.holderOf(code).then(setHolder, () => {});
  }, [code]);
  const { position } = state;
  const who = [holder?.name, holder?.property?.address].filter(Boolean).join(' · ');
  if (!ownToken(state) || !position) return who ? <p>{who}</p> : null;
  const { lat, lng } = position;
  const query = new URLSearchParams({ integration_code: code, lat: String(lat), lng: String(lng) });
  return (
    <>
      {who && <p>{who}</p>}
      <a class="button quiet" href={`ozloc?${query}`} target="_blank" rel="noreferrer">
        {i18n.t('sale.moveInstead')}
      </a>
      <LogLink code={code} />
    </>
  );
}

/** What happened to a contract, or by one operation, for whoever came with a token; a link for one sale opens no log. */
export function LogLink({
  code,
  operation,
}: { code: string; operation?: never } | { code?: never; operation: string }) {
  const { state, i18n } = useOzloc();
  if (!ownToken(state)) return null;
  const query = operation ? `operation=${operation}` : `contract=${encodeURIComponent(code ?? '')}`;
  return (
    <a class="button quiet" href={`logs?${query}`} target="_blank" rel="noreferrer">
      {i18n.t('done.log')}
    </a>
  );
}

/** What happened to the contract that left a kept home last, where the token may know it. */
export function FormerLog({ propertyId }: { propertyId: string }) {
  const { state, effects } = useOzloc();
  const [code, setCode] = useState<string | null>(null);
  const may = ownToken(state) && state.access === 'granted';
  useEffect(() => {
    // Without an answer there is no link: the sale goes on without it.
    if (may) effects.formerContract(propertyId).then(setCode, () => {});
  }, [propertyId, may]);
  return code && <LogLink code={code} />;
}

/** The title of a view that reports a result. */
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

/** Names and what they are; those that are nothing are left out. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: string | null])[] }) {
  return (
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
  );
}

/** Until when a port is held, and longer where that is wished; a link for one sale holds nothing longer. */
export function Held({ code, expiresAt }: { code: string; expiresAt: string }) {
  const { i18n, state } = useOzloc();
  const [asked, setAsked] = useState(false);
  const said = useKeptFocus<HTMLParagraphElement>();
  const until = new Date(expiresAt).toLocaleString(i18n.locale, { dateStyle: 'short', timeStyle: 'short' });
  return (
    <div class="held">
      <p class="small" role="status" ref={said} tabIndex={-1}>
        {i18n.t('move.held', { until })}
      </p>
      {ownToken(state) &&
        (asked ? (
          <Extension code={code} expiresAt={expiresAt} onClose={() => setAsked(false)} />
        ) : (
          <Button onClick={() => setAsked(true)}>{i18n.t('move.extend')}</Button>
        ))}
    </div>
  );
}

function Extension({ code, expiresAt, onClose }: { code: string; expiresAt: string; onClose(): void }) {
  const { i18n, effects } = useOzloc();
  const { field, until } = useUntil(expiresAt, Date.now());
  const [status, setStatus] = useState<'idle' | 'sending' | Trouble>('idle');
  const sending = status === 'sending';
  const submit = async (event: Event) => {
    event.preventDefault();
    if (sending || until === null) return;
    setStatus('sending');
    const trouble = await effects.extend(code, until);
    if (trouble) setStatus(trouble);
    else onClose();
  };
  return (
    <form class="fields" onSubmit={submit} aria-label={i18n.t('move.extend')} noValidate>
      {field(i18n.t('move.until'), i18n.t('move.past'))}
      {typeof status === 'object' && <Notice tone="bad" lead={troubleText(i18n, status)} alert />}
      <div class="pair">
        <Button type="submit" look="primary" busy={sending} aria-disabled={sending || until === null}>
          {i18n.t(sending ? 'move.sending' : 'move.confirm')}
        </Button>
        <Button disabled={sending} onClick={onClose}>
          {i18n.t('move.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** On to the next client; a page that came for one contract leads back to CNT. */
export function WhatNext() {
  const { state, i18n, dispatch } = useOzloc();
  const way = wayBack(state);
  if (way) return <BackToCnt soon={way === 'return'} />;
  if (state.contractFixed || state.mode === 'relocate') return <p class="muted small">{i18n.t('done.close')}</p>;
  return (
    <Button look="wide" onClick={() => dispatch({ type: 'sale.restarted' })}>
      {i18n.t('done.next')}
    </Button>
  );
}

/** Which port of the box, for whoever cares: asked for once it is opened, and again after a refusal. */
export function PortChoice({ boxId, target }: Extract<Choice, { kind: 'box' }>) {
  const { state, effects, i18n, dispatch } = useOzloc();
  const [open, setOpen] = useState(false);
  const [splitters, setSplitters] = useState<Splitters | 'failed' | null>(null);
  const { status } = state.submission;
  useEffect(() => {
    if (!open || (Array.isArray(splitters) && status !== 'refused')) return;
    let gone = false;
    const show = (read: Splitters | 'failed') => {
      if (!gone) setSplitters(read);
    };
    effects.portsOf(boxId).then(show, () => show('failed'));
    return () => {
      gone = true;
    };
  }, [open, status]);
  return (
    <details class="ports" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {i18n.t('port.choose')} <span class="muted small">{target ? nameOf(target) : i18n.t('port.automatic')}</span>
      </summary>
      {splitters === null && <p class="muted small">{i18n.t('port.loading')}</p>}
      {splitters === 'failed' && <Notice tone="bad" lead={i18n.t('port.failed')} alert />}
      {Array.isArray(splitters) && (
        <select
          class="input"
          aria-label={i18n.t('port.label')}
          value={keyOf(target)}
          onChange={({ currentTarget }) => dispatch({ type: 'port.chosen', target: chosen(currentTarget.value) })}
        >
          <option value="">{i18n.t('port.free')}</option>
          {splitters.map(({ id, name, ratio, ports }) => (
            <optgroup key={id} label={[name, ratio].filter(Boolean).join(' · ')}>
              {splitters.length > 1 && <option value={id}>{i18n.t('port.freeOf')}</option>}
              {(ports ?? []).map(
                ({ number, state: use }) =>
                  (use === 'FREE' || keyOf(target) === `${id} ${number}`) && (
                    <option key={number} value={`${id} ${number}`}>
                      {i18n.t(use === 'FREE' ? 'port.number' : 'port.taken', { port: number })}
                    </option>
                  ),
              )}
            </optgroup>
          ))}
        </select>
      )}
    </details>
  );

  function nameOf({ splitterName, port }: PortTarget) {
    return [splitterName, port !== null && i18n.t('port.number', { port })].filter(Boolean).join(' · ');
  }

  function chosen(value: string): PortTarget | null {
    const [splitterId, port] = value.split(' ');
    const splitter = Array.isArray(splitters) && splitters.find(({ id }) => id === splitterId);
    if (!splitter) return null;
    return { splitterId: splitter.id, splitterName: splitter.name ?? '', port: port ? Number(port) : null };
  }
}

function keyOf(target: PortTarget | null | undefined): string {
  if (!target) return '';
  return target.port === null ? target.splitterId : `${target.splitterId} ${target.port}`;
}
