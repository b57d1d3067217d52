import { useRef } from 'preact/hooks';
import { Icon } from '../../shared/components.js';
import type { LoggedOperation } from '../state/operation-list.js';
import type { Retry } from '../state/state.js';
import { ago, byWhom, dateTime, subjectOf } from '../words/words.js';
import { usePage } from './context.js';
import { OperationDetails, STATE_MARKS } from './operation-details.js';

interface RowProps {
  operation: LoggedOperation;
  open: boolean;
  retry: Retry | null;
  nowMs: number;
}

/** One operation in one sentence; opened, all that is known of it. */
export function OperationRow({ operation, open, retry, nowMs }: RowProps) {
  const { words, store } = usePage();
  const line = useRef<HTMLButtonElement>(null);
  const { id, state, requestedAt } = operation;
  const mark = STATE_MARKS[state];
  return (
    <li class={`operation ${mark.tone} ${open ? 'open' : ''}`}>
      <h3>
        <button
          type="button"
          class="line"
          ref={line}
          aria-expanded={open}
          aria-controls={open ? `details-${id}` : undefined}
          onClick={() => store.dispatch({ type: 'operation.toggled', id })}
        >
          <span class="mark">
            <Icon name={mark.icon} size={16} />
          </span>
          <span class="sentence">
            <span class="subject">{subjectOf(words, operation)}: </span>
            <span class="state">{words.t(`state.${state}`)}</span>
            <span class="dot"> · </span>
            <span class="meta">
              <time dateTime={requestedAt} title={dateTime(words, requestedAt, nowMs)}>
                {ago(words, requestedAt, nowMs)}
              </time>
              {' · '}
              {byWhom(words, operation)}
            </span>
          </span>
          <Icon name={open ? 'up' : 'down'} size={18} />
        </button>
      </h3>
      {open && (
        <OperationDetails
          operation={operation}
          retry={retry}
          nowMs={nowMs}
          leaveTo={() => line.current?.focus({ preventScroll: true })}
        />
      )}
    </li>
  );
}
