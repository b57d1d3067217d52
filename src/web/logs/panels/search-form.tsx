import { useEffect, useId, useState } from 'preact/hooks';
import { Button, Icon } from '../../shared/controls.js';
import { ACTIONS, type Filters, isNarrowed, isNumber, NO_FILTERS, PERIODS, STATE_CHOICES } from '../state/filters.js';
import type { WordKey } from '../words/words.js';
import { useLogs, usePage } from './context.js';

/** What to look for. Choices apply at once, what is typed by Enter or the button. */
export function SearchForm() {
  const { state, words, search } = useLogs();
  const [draft, setDraft] = useState(state.filters);
  const personId = useId();
  // Back in the browser, or a contract chosen in the list.
  useEffect(() => setDraft(state.filters), [state.filters]);
  const change = (part: Partial<Filters>) => setDraft({ ...draft, ...part });
  const typed = draft.operation || draft.contract || draft.search;
  const choose = (part: Partial<Filters>) => {
    const text = draft.search.trim();
    if (isNumber(text)) search({ ...NO_FILTERS, operation: text.toLowerCase() });
    else search({ ...draft, operation: '', search: text, person: draft.person.trim(), ...part });
  };

  return (
    <search>
      <form
        class="filters"
        aria-label={words.t('filter.title')}
        onSubmit={(event) => {
          event.preventDefault();
          choose({});
        }}
      >
        <SearchField
          label={words.t('filter.contract')}
          value={typed}
          onInput={(text) => change({ search: text, contract: '', operation: '' })}
        />
        <div class="field">
          <label for={personId}>{words.t('filter.person')}</label>
          <input
            id={personId}
            value={draft.person}
            autocomplete="off"
            spellcheck={false}
            maxLength={120}
            onInput={(event) => change({ person: event.currentTarget.value })}
            onChange={() => choose({})}
          />
        </div>
        <Choice
          label={words.t('filter.state')}
          any={words.t('filter.anyState')}
          value={draft.state}
          options={STATE_CHOICES.map((name) => [
            name,
            name === 'OPEN' ? words.t('filter.OPEN') : capital(words.t(`state.${name}`)),
          ])}
          onChoice={(value) => choose({ state: value })}
        />
        <Choice
          label={words.t('filter.action')}
          any={words.t('filter.anyAction')}
          value={draft.action}
          options={ACTIONS.map((name) => [name, words.t(`action.${name}`)])}
          onChoice={(value) => choose({ action: value })}
        />
        <Choice
          name="period"
          label={words.t('filter.period')}
          any={words.t('filter.anyPeriod')}
          value={draft.period}
          options={PERIODS.map((name) => [name, words.t(`period.${name}`)])}
          onChoice={(value) => choose({ period: value, from: '', to: '' })}
        />
        {draft.period === 'dates' && (
          <>
            <Day label="filter.from" value={draft.from} onChoice={(from) => choose({ from })} />
            <Day label="filter.to" value={draft.to} onChoice={(to) => choose({ to })} />
          </>
        )}
        {isNarrowed(state.filters) && (
          <Button look="quiet clear" onClick={() => search(NO_FILTERS)}>
            <Icon name="cross" size={16} /> {words.t('filter.clear')}
          </Button>
        )}
      </form>
    </search>
  );
}

/** What to look for, and the button that looks. */
export function SearchField(props: { label: string; value: string; onInput(text: string): void }) {
  const { words } = usePage();
  const id = useId();
  return (
    <div class="field contract">
      <label for={id}>{props.label}</label>
      <div class="with-button">
        <input
          id={id}
          value={props.value}
          autocomplete="off"
          spellcheck={false}
          maxLength={120}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
        <Button type="submit" look="primary">
          <Icon name="search" size={18} /> {words.t('filter.submit')}
        </Button>
      </div>
    </div>
  );
}

/** One of a few; null for `any`. */
export function Choice<T extends string>(props: {
  name?: string;
  label: string;
  any: string;
  value: T | null;
  options: readonly (readonly [T, string])[];
  onChoice(value: T | null): void;
}) {
  const id = useId();
  return (
    <div class={`field ${props.name ?? ''}`}>
      <label for={id}>{props.label}</label>
      <select
        id={id}
        class="input"
        value={props.value ?? ''}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          props.onChoice(props.options.find(([name]) => name === chosen)?.[0] ?? null);
        }}
      >
        <option value="">{props.any}</option>
        {props.options.map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

function Day(props: { label: WordKey; value: string; onChoice(value: string): void }) {
  const { words } = useLogs();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{words.t(props.label)}</label>
      <input id={id} type="date" value={props.value} onChange={(event) => props.onChoice(event.currentTarget.value)} />
    </div>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
