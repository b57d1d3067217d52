import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { DemoToken, Notice } from '../../shared/components.js';
import { Button, IconButton } from '../../shared/controls.js';
import type { Key } from '../../shared/i18n/i18n.js';
import { learnWords, useOzloc } from './context.js';
import type { Combo } from './suggestions.js';

type SuggestionsModule = typeof import('./suggestions.js');

/** One box for address or coordinates, and the device's own position. */
export function Search() {
  const { state, dispatch, effects, i18n } = useOzloc();
  const { text, status } = state.search;
  const input = useRef<HTMLInputElement>(null);
  /** What stands in the box was typed since the last search. */
  const isNew = useRef(false);
  const [more, setMore] = useState<SuggestionsModule | null>(null);
  const [{ open, active }, setCombo] = useState<Combo>({ open: false, active: undefined });
  // With the first key or press: whoever comes with an address has no need of it.
  const begin = () =>
    void (
      more ??
      Promise.all([import('./suggestions.js'), learnWords(i18n)]).then(
        ([come]) => setMore(come),
        () => {},
      )
    );
  const showBeginning = () => input.current?.scrollTo(0, 0);
  // Of what was found; while it is typed, its end is in view.
  useLayoutEffect(showBeginning, [state.position]);
  const asked = () => {
    isNew.current = false;
    // On a phone the keyboard lies over what is on offer.
    if (matchMedia('(pointer: coarse)').matches) input.current?.blur();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    asked();
    void effects.search(text);
  };
  // Whose home changes comes first: for nobody there is a place to look for.
  if (state.existing.status === 'missing') return null;
  return (
    <search>
      <form onSubmit={submit}>
        <label class="sr-only" for="search">
          {i18n.t('search.label')}
        </label>
        <div class="search-box">
          <input
            id="search"
            ref={input}
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={open}
            aria-controls="search-options"
            aria-activedescendant={active}
            class="input"
            type="text"
            enterkeyhint="search"
            autocomplete="off"
            spellcheck={false}
            maxLength={300}
            placeholder={i18n.t('search.placeholder')}
            value={text}
            onPointerDown={begin}
            onBlur={showBeginning}
            onInput={(event) => {
              isNew.current = true;
              dispatch({ type: 'search.typed', text: event.currentTarget.value });
              begin();
            }}
          />
          {text !== '' && (
            <IconButton
              look="quiet clear"
              icon="cross"
              label={i18n.t('search.clear')}
              onClick={() => {
                dispatch({ type: 'search.typed', text: '' });
                input.current?.focus();
              }}
            />
          )}
          {more && <more.Suggestions input={input} isNew={isNew} onChange={setCombo} onTaken={asked} />}
          <IconButton
            type="submit"
            look="primary"
            icon={status === 'busy' ? null : 'search'}
            label={i18n.t('search.submit')}
          />
          <IconButton
            icon={status === 'locating' ? null : 'locate'}
            label={i18n.t('search.gps')}
            onClick={() => effects.locateDevice()}
          />
        </div>
      </form>
    </search>
  );
}

/** What the search has to say besides a position. */
export function SearchStatus() {
  const { state, i18n } = useOzloc();
  switch (state.search.status) {
    case 'busy':
      return <p class="muted status-line">{i18n.t('search.busy')}</p>;
    case 'locating':
      return <p class="muted status-line">{i18n.t('search.locating')}</p>;
    case 'gps-denied':
      return (
        <Notice tone="warn" lead={i18n.t('search.gpsDenied')} alert>
          {waysToAllow().map((key) => (
            <p key={key}>{i18n.t(key)}</p>
          ))}
        </Notice>
      );
    case 'gps-failed':
      return <Notice tone="warn" lead={i18n.t('search.gpsFailed')} alert />;
    case 'not-found':
      return (
        <Notice tone="warn" lead={i18n.t('search.notFound')} alert>
          <p>{i18n.t(state.search.text.includes('://') ? 'search.noPlaceInLink' : 'search.notFoundExplain')}</p>
        </Notice>
      );
    default:
      return null;
  }
}

/** How the device's position may be read after all. */
function waysToAllow(): Key[] {
  if (!isSecureContext) return ['search.gpsInsecure'];
  if (self === top) return ['search.gpsAllow'];
  // Chromium alone says whether the frames allow it; elsewhere it is one or the other.
  const { featurePolicy }: Document & { featurePolicy?: { allowsFeature(name: string): boolean } } = document;
  if (!featurePolicy) return ['search.gpsFrame', 'search.gpsAllow'];
  return [featurePolicy.allowsFeature('geolocation') ? 'search.gpsAllow' : 'search.gpsFrame'];
}

/** Nothing asked yet, and so perhaps no token given. */
export function SearchStart() {
  const { state, config, entry, dispatch, i18n } = useOzloc();
  return (
    <>
      <div class="empty">
        <p>
          <strong>{i18n.t('search.start')}</strong>
        </p>
        <p class="muted small">{i18n.t('search.startExplain')}</p>
      </div>
      {state.access === 'needed' && <DemoToken i18n={i18n} demoToken={config.demoToken} giveToken={entry.giveToken} />}
      {state.access === 'needed' && config.demoToken === undefined && (
        <Button look="quiet" onClick={() => dispatch({ type: 'access.changed', access: 'asked' })}>
          {i18n.t('access.now')}
        </Button>
      )}
    </>
  );
}
