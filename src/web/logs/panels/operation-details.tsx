import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Button, Icon } from '../../shared/controls.js';
import { NO_FILTERS, queryOf } from '../state/filters.js';
import { type LoggedOperation, type LoggedStep, projectName } from '../state/operation-list.js';
import {
  actorName,
  changesText,
  dateTime,
  duration,
  outcomeText,
  personOf,
  timeOfDay,
  writeText,
} from '../words/words.js';
import { useLogs, usePage } from './context.js';
import { ContractMoves } from './contract-moves.js';
import { DRAWN, Outcome, outcomeMark } from './outcome.js';

/** The number to give to support. Where the browser lets no page copy, it gets selected. */
function Copyable({ text, label }: { text: string; label?: string }) {
  const { words } = usePage();
  const [said, setSaid] = useState('');
  const code = useRef<HTMLElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(words.t('detail.copied'));
    } catch {
      if (code.current) getSelection()?.selectAllChildren(code.current);
      setSaid(words.t('detail.selected'));
    }
  };
  return (
    <span class="copyable">
      <code ref={code} class={label ? 'sr-only' : ''}>
        {text}
      </code>
      <Button look="quiet" onClick={() => void copy()}>
        <Icon name={DRAWN.copy} size={16} /> {label ?? words.t('detail.copy')}
      </Button>
      <span class="small copied" role="status">
        {said}
      </span>
    </span>
  );
}

/** What was sent to OZmap for an operation, in its order. */
function Steps({ steps }: { steps: readonly LoggedStep[] }) {
  const { words } = usePage();
  if (steps.length === 0) return <p class="muted">{words.t('steps.none')}</p>;
  return (
    <div class="steps">
      <h4>{words.t('steps.title')}</h4>
      <ol>
        {steps.map((step) => (
          <Step key={`${step.at} ${step.method} ${step.path}`} step={step} />
        ))}
      </ol>
    </div>
  );
}

function Step({ step }: { step: LoggedStep }) {
  const { words } = usePage();
  const { method, path, status, durationMs, outcome, at } = step;
  const mark = outcomeMark(outcome);
  const measured = [
    status === null ? null : words.t('steps.answer', { status }),
    durationMs === null ? null : duration(words, durationMs),
  ].filter((part) => part !== null);
  return (
    <li class={mark.tone}>
      <span class="deed">
        {writeText(words, step)}:{' '}
        <span class="state">
          <Icon name={mark.icon} size={14} /> {outcomeText(words, outcome)}
        </span>
      </span>{' '}
      <code class="request">
        {method} {path}
      </code>{' '}
      <span class="measured muted small number">
        <time dateTime={at}>{timeOfDay(words, at)}</time>
        {measured.map((part) => ` · ${part}`)}
      </span>
    </li>
  );
}

interface DetailsProps {
  operation: LoggedOperation;
  /** Where the focus goes when a button here disappears under it. */
  leaveTo(): void;
}

/** What became of an operation, what was sent for it, and who asked when. */
export function OperationDetails({ operation, leaveTo }: DetailsProps) {
  const { words, search, state } = useLogs();
  const { nowMs } = state;
  const { id, contractCode, projectId, requestedAt, finishedAt, retriedBy } = operation;
  const client = contractCode === null ? null : state.names.clients[contractCode];
  return (
    <div class="details" id={`details-${id}`}>
      <Outcome operation={operation} retry={state.retries[id] ?? null} leaveTo={leaveTo} />
      <Changes operation={operation} />
      <Steps steps={operation.steps} />
      <dl class="facts">
        <Fact name={words.t('detail.requested')}>{dateTime(words, requestedAt, nowMs)}</Fact>
        <Fact name={words.t('detail.finished')}>
          {finishedAt === null ? words.t('detail.notFinished') : dateTime(words, finishedAt, nowMs)}
        </Fact>
        <Fact name={words.t('detail.actor')} wide>
          {actorName(words, operation)}
        </Fact>
        {retriedBy !== null && (
          <Fact name={words.t('detail.retriedBy')} wide>
            {personOf(retriedBy)}
          </Fact>
        )}
        <Fact name={words.t('detail.id')} wide>
          <Copyable text={id} />
          <Copyable text={linkTo(id)} label={words.t('detail.copyLink')} />
        </Fact>
        {projectId !== null && (
          <Fact name={words.t('detail.project')} wide>
            {projectName(state.names, projectId) ?? <code>{projectId}</code>}
          </Fact>
        )}
      </dl>
      {contractCode !== null && client && <ContractMoves code={contractCode} client={client} nowMs={nowMs} />}
      {contractCode !== null && client && (
        <a
          class="button quiet see-contract"
          href={`ozloc?contract=${encodeURIComponent(contractCode)}`}
          target="_blank"
          rel="noreferrer"
        >
          {words.t('detail.map')}
        </a>
      )}
      {contractCode !== null && (
        <Button look="quiet see-contract" onClick={() => search({ ...NO_FILTERS, contract: contractCode })}>
          {words.t('detail.seeContract', { code: contractCode })}
        </Button>
      )}
    </div>
  );
}

function linkTo(operation: string): string {
  return location.origin + location.pathname + queryOf({ ...NO_FILTERS, operation }, location.search);
}

/** What was asked for, or what that changed; and whom it is about. */
function Changes({ operation }: { operation: LoggedOperation }) {
  const { words, state } = useLogs();
  const { contractCode, changes } = operation;
  const client = contractCode === null ? null : state.names.clients[contractCode];
  const told = changes === null ? [words.t('changes.gone')] : changesText(words, changes, state.names);
  return (
    <div class="changes">
      {told.length > 0 && (
        <>
          <h4>
            {words.t(operation.state === 'APPLIED' && operation.steps.length > 0 ? 'changes.done' : 'changes.asked')}
          </h4>
          <ul>
            {told.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      {client && (
        <p class="muted">
          {[words.t('changes.now'), client.name, client.property?.address, client.property?.box?.name]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
    </div>
  );
}

function Fact({ name, wide, children }: { name: string; wide?: boolean; children: ComponentChildren }) {
  return (
    <div class={wide ? 'wide' : ''}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
