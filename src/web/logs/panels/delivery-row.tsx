import { useEffect, useRef, useState } from 'preact/hooks';
import type { IntegrationEventDeliveryState } from '../../../generated/logs-operations.js';
import { Notice } from '../../shared/components.js';
import { Button, Icon, type IconName } from '../../shared/controls.js';
import { codeOf } from '../../shared/graphql-client.js';
import { troubleText } from '../../shared/i18n/i18n.js';
import { type Delivery, redeliver } from '../state/deliveries.js';
import { NO_FILTERS, queryOf } from '../state/filters.js';
import { ago, dateTime, deliveryText, duration, problemText, timeOfDay } from '../words/words.js';
import { PageLink, useLogs, usePage } from './context.js';
import { DRAWN } from './outcome.js';

const MARKS: Readonly<Record<IntegrationEventDeliveryState, { icon: IconName; tone: string }>> = {
  WAITING: { icon: 'clock', tone: 'busy' },
  DELIVERED: { icon: 'check', tone: 'ok' },
  DEAD_LETTER: { icon: 'cross', tone: 'bad' },
};

/** One event for one receiver, and what it answered last. */
export function DeliveryRow({ delivery, changed }: { delivery: Delivery; changed(): Promise<void> }) {
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
    if (step === 'sending') return;
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
        <Button look="quiet" onClick={() => setStep('asking')}>
          <Icon name={DRAWN.turning} size={16} /> {words.t('delivery.again')}
        </Button>
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
      <Button look="primary" at={first} busy={step === 'sending'} onClick={() => void send()}>
        {words.t('delivery.again')}
      </Button>
      <Button look="quiet" disabled={step === 'sending'} onClick={() => setStep('no')}>
        {words.t('delivery.cancel')}
      </Button>
    </fieldset>
  );
}
