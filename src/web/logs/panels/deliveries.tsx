import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { IntegrationEventDeliveryState } from '../../../generated/logs-operations.js';
import { Icon, type IconName, Notice } from '../../shared/components.js';
import { codeOf } from '../../shared/graphql-client.js';
import { troubleText } from '../../shared/i18n/i18n.js';
import {
  DELIVERY_STATES,
  type Delivery,
  type DeliveryFilters,
  type DeliveryList,
  readDeliveries,
  redeliver,
  withNewestDeliveries,
} from '../state/deliveries.js';
import { NO_FILTERS, queryOf } from '../state/filters.js';
import { ago, dateTime, deliveryText, duration, problemText, timeOfDay } from '../words/words.js';
import { PageLink, useLogs, usePage } from './context.js';
import { DRAWN } from './outcome.js';
import { useKeptFocus } from './results.js';

const READ_EVERY_MS = 3_000;
const MARKS: Readonly<Record<IntegrationEventDeliveryState, { icon: IconName; tone: string }>> = {
  WAITING: { icon: DRAWN.clock, tone: 'busy' },
  DELIVERED: { icon: 'check', tone: 'ok' },
  DEAD_LETTER: { icon: 'cross', tone: 'bad' },
};

/** What receivers were told, newest first, and what becomes of it. */
export function Deliveries({ filters, choose }: { filters: DeliveryFilters; choose(filters: DeliveryFilters): void }) {
  return (
    <>
      <Filters filters={filters} choose={choose} />
      <Found key={`${filters.state} ${filters.contract}`} filters={filters} />
    </>
  );
}

function Found({ filters }: { filters: DeliveryFilters }) {
  const { words } = usePage();
  const heading = useKeptFocus();
  const { list, trouble, loadingOlder, read, older } = useDeliveries(filters);
  return (
    <section class="results" aria-labelledby="deliveries-title" aria-busy={list === null && trouble === null}>
      <div class="results-head">
        <h2 id="deliveries-title" ref={heading} tabIndex={-1}>
          {list && list.deliveries.length > 0
            ? words.plural(list.hasOlder ? 'delivery.more' : 'delivery.count', list.deliveries.length)
            : words.t('delivery.title')}
        </h2>
      </div>
      {trouble !== null && (
        <Notice tone={list ? 'warn' : 'bad'} lead={words.t(list ? 'list.stale' : 'list.failed')} alert>
          <p>{troubleText(words, { code: trouble, reason: null, message: null })}</p>
        </Notice>
      )}
      {list === null && trouble === null && (
        <p class="muted status-line">
          <span class="spinner" /> {words.t('list.loading')}
        </p>
      )}
      {list && list.deliveries.length > 0 && (
        <ul class="operations">
          {list.deliveries.map((delivery) => (
            <Row key={delivery.id} delivery={delivery} changed={read} />
          ))}
        </ul>
      )}
      {list?.deliveries.length === 0 && (
        <div class="empty">
          <p>
            <strong>{words.t('delivery.none')}</strong>
          </p>
          <p class="muted">{words.t('delivery.noneExplain')}</p>
        </div>
      )}
      {list?.hasOlder && (
        <button type="button" class="button wide" aria-disabled={loadingOlder} onClick={() => void older()}>
          {loadingOlder && <span class="spinner" />}
          {words.t(loadingOlder ? 'list.olderLoading' : 'list.older')}
        </button>
      )}
    </section>
  );
}

/** Reads the list, and again every few seconds while the page can be seen. */
function useDeliveries(filters: DeliveryFilters) {
  const { client, tokenRefused } = usePage();
  const [list, setList] = useState<DeliveryList | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [loadingOlder, setLoadingOlder] = useState(false);
  const shown = useRef(0);
  shown.current = list?.deliveries.length ?? 0;
  const failed = (error: unknown) => {
    const code = codeOf(error);
    if (code === 'UNAUTHENTICATED') tokenRefused();
    else if (code !== 'ABORTED') setTrouble(code);
  };
  const reading = useRef<AbortController | null>(null);
  const read = async () => {
    reading.current?.abort();
    const mine = new AbortController();
    reading.current = mine;
    try {
      const newest = await readDeliveries(client, filters, { shown: shown.current, after: null }, mine.signal);
      if (mine.signal.aborted) return;
      setList((before) => (before ? withNewestDeliveries(before, newest) : newest));
      setTrouble(null);
    } catch (error) {
      failed(error);
    } finally {
      if (reading.current === mine) reading.current = null;
    }
  };
  const older = async () => {
    if (loadingOlder) return;
    setLoadingOlder(true);
    try {
      const more = await readDeliveries(client, filters, { shown: 0, after: list?.endCursor ?? null });
      setList((before) => ({ ...more, deliveries: [...(before?.deliveries ?? []), ...more.deliveries] }));
    } catch (error) {
      failed(error);
    }
    setLoadingOlder(false);
  };
  useEffect(() => {
    void read();
    const again = setInterval(() => {
      // What takes longer than that is waited for.
      if (document.visibilityState === 'visible' && reading.current === null) void read();
    }, READ_EVERY_MS);
    return () => {
      clearInterval(again);
      reading.current?.abort();
    };
  }, []);
  return { list, trouble, loadingOlder, read, older };
}

function Filters({ filters, choose }: { filters: DeliveryFilters; choose(filters: DeliveryFilters): void }) {
  const { words } = usePage();
  const [contract, setContract] = useState(filters.contract);
  const id = useId();
  useEffect(() => setContract(filters.contract), [filters.contract]);
  return (
    <search>
      <form
        class="filters of-deliveries"
        aria-label={words.t('delivery.search')}
        onSubmit={(event) => {
          event.preventDefault();
          choose({ ...filters, contract: contract.trim() });
        }}
      >
        <div class="field contract">
          <label for={id}>{words.t('delivery.contract')}</label>
          <div class="with-button">
            <input
              id={id}
              value={contract}
              autocomplete="off"
              spellcheck={false}
              maxLength={120}
              onInput={(event) => setContract(event.currentTarget.value)}
            />
            <button type="submit" class="button primary">
              <Icon name="search" size={18} /> {words.t('filter.submit')}
            </button>
          </div>
        </div>
        <div class="field">
          <label for={`${id}-state`}>{words.t('filter.state')}</label>
          <select
            id={`${id}-state`}
            class="input"
            value={filters.state ?? ''}
            onChange={({ currentTarget: { value } }) =>
              choose({ ...filters, state: DELIVERY_STATES.find((one) => one === value) ?? null })
            }
          >
            <option value="">{words.t('filter.anyState')}</option>
            {DELIVERY_STATES.map((state) => (
              <option key={state} value={state}>
                {words.t(`delivery.only.${state}`)}
              </option>
            ))}
          </select>
        </div>
      </form>
    </search>
  );
}

/** One event for one receiver, and what it answered last. */
function Row({ delivery, changed }: { delivery: Delivery; changed(): Promise<void> }) {
  const page = useLogs();
  const { words } = page;
  const { nowMs } = page.state;
  const { state, receiver, createdAt, operationId, webhookId } = delivery;
  const mark = MARKS[state];
  const operation = { ...NO_FILTERS, operation: operationId };
  return (
    <li class={`operation delivery ${mark.tone}`}>
      <span class="mark">
        <Icon name={mark.icon} size={16} />
      </span>
      <div class="delivery-body">
        <h3 class="sentence">
          <span class="subject">{deliveryText(words, delivery)}: </span>
          <span class="state">{words.t(`delivery.state.${state}`)}</span>
          <span class="dot"> · </span>
          <span class="meta">
            {words.t('delivery.to', { receiver: receiver ?? words.t('delivery.unknownReceiver') })}
            {' · '}
            <time dateTime={createdAt} title={dateTime(words, createdAt, nowMs)}>
              {ago(words, createdAt, nowMs)}
            </time>
          </span>
        </h3>
        <LastAnswer delivery={delivery} />
        <div class="delivery-actions">
          <PageLink href={queryOf(operation, location.search)} go={() => page.search(operation)}>
            {words.t('delivery.operation')}
          </PageLink>
          <code class="muted small" title="webhook-id">
            {webhookId}
          </code>
          {state !== 'WAITING' && <SendAgain delivery={delivery} changed={changed} />}
        </div>
      </div>
    </li>
  );
}

function LastAnswer({ delivery }: { delivery: Delivery }) {
  const { words } = usePage();
  const { attempts, lastStatus, lastAt, lastMs, lastError, nextAt } = delivery;
  const answer =
    lastStatus === null
      ? lastError && words.t('delivery.noAnswer', { error: words.find(`delivery.error.${lastError}`) ?? lastError })
      : words.t('steps.answer', { status: lastStatus });
  const parts = [
    words.plural('delivery.attempts', attempts),
    lastAt && answer ? words.t('delivery.last', { answer, time: timeOfDay(words, lastAt) }) : null,
    lastAt && lastMs !== null ? duration(words, lastMs) : null,
    nextAt ? words.t('delivery.next', { time: timeOfDay(words, nextAt) }) : null,
  ];
  return <p class="small number answer">{parts.filter((part) => part !== null).join(' · ')}</p>;
}

/** Asks first: whoever has taken it already gets it once more. */
function SendAgain({ delivery: { id, receiver }, changed }: { delivery: Delivery; changed(): Promise<void> }) {
  const { words, client, tokenRefused } = usePage();
  const [step, setStep] = useState<'no' | 'asking' | 'sending'>('no');
  const [refusal, setRefusal] = useState<string | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (step === 'asking') first.current?.focus();
  }, [step]);
  const send = async () => {
    setStep('sending');
    try {
      const problem = await redeliver(client, id);
      setRefusal(problem && problemText(words, problem));
      await changed();
    } catch (error) {
      const code = codeOf(error);
      if (code === 'UNAUTHENTICATED') tokenRefused();
      else setRefusal(troubleText(words, { code, reason: null, message: null }));
    }
    setStep('no');
  };
  if (step === 'no')
    return (
      <>
        <button type="button" class="button quiet" onClick={() => setStep('asking')}>
          <Icon name={DRAWN.turning} size={16} /> {words.t('delivery.again')}
        </button>
        {refusal !== null && (
          <Notice tone="warn" lead={words.t('delivery.refused')} alert>
            <p>{refusal}</p>
          </Notice>
        )}
      </>
    );
  const question = words.t('delivery.ask', { receiver: receiver ?? words.t('delivery.unknownReceiver') });
  return (
    <fieldset class="confirm">
      <legend>{question}</legend>
      <button
        type="button"
        class="button primary"
        ref={first}
        aria-disabled={step === 'sending'}
        onClick={() => void send()}
      >
        {step === 'sending' && <span class="spinner" />}
        {words.t('delivery.again')}
      </button>
      <button type="button" class="button quiet" disabled={step === 'sending'} onClick={() => setStep('no')}>
        {words.t('delivery.cancel')}
      </button>
    </fieldset>
  );
}
