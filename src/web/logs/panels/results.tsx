import { useRef } from 'preact/hooks';
import { Notice, useKeptFocus } from '../../shared/components.js';
import { Button, Icon, Waiting } from '../../shared/controls.js';
import { troubleText } from '../../shared/i18n/i18n.js';
import { isNarrowed } from '../state/filters.js';
import type { LoggedOperation } from '../state/operation-list.js';
import { ago, byWhom, csvOf, dateTime, stateText, subjectOf, timeOfDay } from '../words/words.js';
import { useLogs } from './context.js';
import { OperationDetails } from './operation-details.js';
import { DRAWN, STATE_MARKS } from './outcome.js';

/** What was found, newest first, and the way to what is older. */
export function Results() {
  const { state, words, effects } = useLogs();
  const { list, loading } = state;
  const heading = useKeptFocus<HTMLHeadingElement>();
  return (
    <section class="results" aria-labelledby="results-title" aria-busy={loading === 'first'}>
      <Totals />
      <div class="results-head">
        <h2 id="results-title" ref={heading} tabIndex={-1}>
          {list.operations.length === 0
            ? words.t('list.title')
            : words.plural(list.hasOlder ? 'list.more' : 'list.count', list.operations.length)}
        </h2>
        <Live />
      </div>
      {state.trouble !== null && <Trouble code={state.trouble} />}
      {loading === 'first' && <Waiting text={words.t('list.loading')} />}
      {list.operations.length > 0 && (
        <ul class="operations">
          {list.operations.map((operation) => (
            <OperationRow key={operation.id} operation={operation} />
          ))}
        </ul>
      )}
      {list.operations.length === 0 && loading === 'no' && state.trouble === null && <Nothing />}
      {list.operations.length > 0 && <Csv />}
      {list.hasOlder && (
        <Button look="wide" busy={loading === 'older'} onClick={() => void effects.older()}>
          {words.t(loading === 'older' ? 'list.olderLoading' : 'list.older')}
        </Button>
      )}
    </section>
  );
}

/** How many stand in each state, of today or of what is searched in; each leads to them. */
function Totals() {
  const { state, words, search } = useLogs();
  const { counts, filters } = state;
  const period = filters.period ?? 'today';
  if (counts.length === 0) return null;
  return (
    <p class="totals small">
      <span class="muted">{words.t(period === 'dates' ? 'period.chosen' : `period.${period}`)}:</span>
      {counts.map(({ state: name, count }) => (
        <Button
          key={name}
          look={`quiet ${STATE_MARKS[name].tone}`}
          aria-pressed={filters.state === name}
          onClick={() => search({ ...filters, period, state: filters.state === name ? null : name })}
        >
          {words.plural(`total.${name}`, count)}
        </Button>
      ))}
    </p>
  );
}

/** One operation in one sentence; opened, all that is known of it. */
function OperationRow({ operation }: { operation: LoggedOperation }) {
  const {
    words,
    store,
    state: { openIds, nowMs },
  } = useLogs();
  const line = useRef<HTMLButtonElement>(null);
  const { id, state, requestedAt } = operation;
  const mark = STATE_MARKS[state];
  const open = openIds.includes(id);
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
            <span class="state">{stateText(words, operation)}</span>
            <span class="dot"> · </span>
            <span class="meta">
              <time dateTime={requestedAt} title={dateTime(words, requestedAt, nowMs)}>
                {ago(words, requestedAt, nowMs)}
              </time>
              {' · '}
              {byWhom(words, operation)}
            </span>
          </span>
          <Icon name={DRAWN[open ? 'up' : 'down']} size={18} />
        </button>
      </h3>
      {open && <OperationDetails operation={operation} leaveTo={() => line.current?.focus({ preventScroll: true })} />}
    </li>
  );
}

/** What is listed, as a file. */
function Csv() {
  const { state, words } = useLogs();
  const save = () => {
    const sheet = new Blob([csvOf(words, state.list.operations, state.names)], { type: 'text/csv;charset=utf-8' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(sheet);
    link.download = `${words.t('list.title').toLowerCase()}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  };
  return (
    <Button look="quiet" onClick={save}>
      {words.t('list.csv')}
    </Button>
  );
}

/** Whether the list reads itself again, and when it last did. */
function Live() {
  const { state, words, store } = useLogs();
  return (
    <div class="live">
      {state.readAtMs !== null && (
        <span class="muted small number">{words.t('live.read', { time: timeOfDay(words, state.readAtMs) })}</span>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={state.live}
          onChange={(event) => store.dispatch({ type: 'live.changed', live: event.currentTarget.checked })}
        />
        {words.t('live.label')}
      </label>
    </div>
  );
}

function Trouble({ code }: { code: string }) {
  const { state, words, effects } = useLogs();
  const nothing = state.list.operations.length === 0;
  return (
    <Notice tone={nothing ? 'bad' : 'warn'} lead={words.t(nothing ? 'list.failed' : 'list.stale')} alert>
      <p>{troubleText(words, { code, reason: null, message: null })}</p>
      <div class="actions">
        <Button onClick={() => void effects.refresh()}>{words.t('list.retry')}</Button>
      </div>
    </Notice>
  );
}

function Nothing() {
  const { state, words } = useLogs();
  const narrowed = isNarrowed(state.filters);
  return (
    <div class="empty">
      <p>
        <strong>{words.t(narrowed ? 'list.noneFiltered' : 'list.none')}</strong>
      </p>
      <p class="muted">{words.t(narrowed ? 'list.noneFilteredExplain' : 'list.noneExplain')}</p>
    </div>
  );
}
