import type { ComponentChildren } from 'preact';
import type { LoggedOperation } from '../operations.js';
import { NO_FILTERS } from '../state/filters.js';
import type { Retry } from '../state/state.js';
import { actorName, personOf } from '../words/sentences.js';
import { dateTime } from '../words/times.js';
import { usePage } from './context.js';
import { CopyableId } from './copyable-id.js';
import { Outcome } from './outcome.js';
import { Steps } from './steps.js';

interface DetailsProps {
  operation: LoggedOperation;
  retry: Retry | null;
  nowMs: number;
  /** Where the focus goes when a button here disappears under it. */
  leaveTo(): void;
}

/** What became of an operation, what was sent for it, and who asked when. */
export function OperationDetails({ operation, retry, nowMs, leaveTo }: DetailsProps) {
  const { words, search } = usePage();
  const { id, contractCode, projectId, requestedAt, finishedAt, retriedBy } = operation;
  return (
    <div class="details" id={`details-${id}`}>
      <Outcome operation={operation} retry={retry} leaveTo={leaveTo} />
      <Steps steps={operation.steps} />
      <dl class="facts">
        <Fact name={words.say('detail.requested')}>{dateTime(words, requestedAt, nowMs)}</Fact>
        <Fact name={words.say('detail.finished')}>
          {finishedAt === null ? words.say('detail.notFinished') : dateTime(words, finishedAt, nowMs)}
        </Fact>
        <Fact name={words.say('detail.actor')} wide>
          {actorName(words, operation)}
        </Fact>
        {retriedBy !== null && (
          <Fact name={words.say('detail.retriedBy')} wide>
            {personOf(retriedBy)}
          </Fact>
        )}
        <Fact name={words.say('detail.id')} wide>
          <CopyableId id={id} />
        </Fact>
        {projectId !== null && (
          <Fact name={words.say('detail.project')} wide>
            <code>{projectId}</code>
          </Fact>
        )}
      </dl>
      {contractCode !== null && (
        <button
          type="button"
          class="button quiet see-contract"
          onClick={() => search({ ...NO_FILTERS, contract: contractCode })}
        >
          {words.say('detail.seeContract', { code: contractCode })}
        </button>
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
