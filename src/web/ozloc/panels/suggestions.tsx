import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, Icon, type IconName } from '../../shared/controls.js';
import { distanceM, type LatLng, parseCoordinates } from '../state/geometry.js';
import { forgetRecent, hearPresses, listenTo, type Option, readRecent, remember, useLook } from './combobox.js';
import { useOzloc } from './context.js';
import './suggestions.css';

/** What the input says of its list. */
export interface Combo {
  open: boolean;
  /** Id of the option that Enter would take. */
  active: string | undefined;
}

interface SuggestionsProps {
  input: RefObject<HTMLInputElement>;
  /** What stands in the box was typed since the last search: of what was searched for, a list would lie over the answer. */
  isNew: RefObject<boolean>;
  onChange(combo: Combo): void;
  /** A place was taken from the list. */
  onTaken(): void;
}

const LEAST_LETTERS = 3;
const ICONS: Record<Option['kind'], IconName> = {
  DOOR: 'home',
  STREET: 'route',
  NEIGHBOURHOOD: 'fit',
  RECENT: 'clock',
};

/** True for what somebody writes who means a street: coordinates, links, postal codes and plus codes are read as they are. */
function mayBeStreet(text: string): boolean {
  if (/:\/\/|^geo:|^\s*[-−+(]?\d|[23456789CFGHJMPQRVWX]{2,}\+/i.test(text) || parseCoordinates(text)) return false;
  return (text.match(/\p{L}/gu)?.length ?? 0) >= LEAST_LETTERS;
}

/** The list below the search box: what is being typed may become one of these; before anything is typed, what was found last. */
export function Suggestions({ input, isNew, onChange, onTaken }: SuggestionsProps) {
  const { state, store, effects, dispatch, i18n, config } = useOzloc();
  const [options, setOptions] = useState<Option[]>([]);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  /** The street that was taken, while its number is typed. */
  const street = useRef<Option | null>(null);
  const popup = useRef<HTMLDivElement>(null);
  const kept = useRef(new Map<string, Option[]>());
  const shown = open && options.length > 0;
  const byLink = state.contractFixed;

  useEffect(
    () => onChange({ open: shown, active: shown && active >= 0 ? `option-${active}` : undefined }),
    [shown, active],
  );

  // What was found is offered again, but for a sale by link: of that nothing stays.
  useEffect(
    () =>
      store.subscribe(({ position, contractFixed }, before) => {
        if (!position || position === before.position || position.source !== 'geocoder' || contractFixed) return;
        const { address, lat, lng, accuracyM, precision } = position;
        if (!address) return;
        const more = { formattedAddress: address.label, neighbourhood: null, provider: '' };
        remember({ lat, lng, accuracyM, precision, ...more });
      }),
    [store],
  );

  const show = (list: Option[]) => {
    setOptions(list);
    setActive(-1);
    setOpen(list.length > 0);
  };

  const look = useLook(effects.suggest, kept.current, show);

  function typed(text: string) {
    if (street.current && !text.startsWith(street.current.text)) street.current = null;
    if (text.trim() === '') {
      look.stop();
      show(byLink ? [] : readRecent().map((place) => ({ kind: 'RECENT', text: place.formattedAddress ?? '', place })));
    } else if (config.suggestions && mayBeStreet(text) && store.get().access === 'granted') {
      look.soon(text, street.current?.place ?? store.get().position ?? effects.looksAt());
    } else {
      look.stop();
      show([]);
    }
  }

  /** For good: an answer that is still on its way would open it again. */
  function close() {
    look.stop();
    setOpen(false);
  }

  function take(option: Option) {
    close();
    const completed = `${option.text}, `;
    // A street is half an address: on with its number. Taken once more it is meant as a whole.
    if (option.kind === 'STREET' && input.current?.value !== completed) {
      street.current = option;
      dispatch({ type: 'search.typed', text: completed });
      look.soon(completed, option.place);
      input.current?.focus();
      return;
    }
    street.current = null;
    dispatch({ type: 'search.typed', text: option.text });
    effects.chooseCandidate(option.place);
    onTaken();
  }

  const isAsked = () => !isNew.current && input.current?.value.trim() !== '';

  // Listened to at the box itself, which is there before this is.
  const handlers = useRef({ typed, take, options, shown, active, setActive, isAsked, close });
  handlers.current = { typed, take, options, shown, active, setActive, isAsked, close };
  useEffect(() => {
    const box = input.current;
    if (!box) return;
    const off = [
      listenTo(box, () => handlers.current),
      ...(popup.current ? [hearPresses(popup.current, () => handlers.current)] : []),
    ];
    return () => {
      for (const stop of off) stop();
    };
  }, [input]);

  const recent = options[0]?.kind === 'RECENT';
  return (
    <>
      <div class="suggestions" ref={popup} hidden={!shown}>
        {street.current && <p class="hint small">{i18n.t('suggest.number')}</p>}
        <div id="search-options" role="listbox" aria-label={i18n.t(recent ? 'suggest.recent' : 'suggest.title')}>
          {options.map((option, index) => (
            <div
              key={`${option.text} ${option.place.lat} ${option.place.lng}`}
              id={`option-${index}`}
              role="option"
              aria-selected={index === active}
              tabIndex={-1}
            >
              <Icon name={ICONS[option.kind]} />
              <span>{option.text}</span>
              <span class="muted small">{describe(option)}</span>
            </div>
          ))}
        </div>
        {recent && (
          <Button
            look="quiet"
            onClick={() => {
              forgetRecent();
              show([]);
              input.current?.focus();
            }}
          >
            {i18n.t('suggest.forget')}
          </Button>
        )}
      </div>
      <p class="sr-only" role="status">
        {shown && i18n.plural('suggest.count', options.length)}
      </p>
    </>
  );

  /** What tells it from the others. */
  function describe({ kind, text, place }: Option) {
    if (kind === 'RECENT') return null;
    const alike = options.filter((other) => other.text === text && other.place.neighbourhood === place.neighbourhood);
    const near: LatLng | null = state.position;
    return [
      street.current && kind === 'STREET' && i18n.t('suggest.whole'),
      kind === 'NEIGHBOURHOOD' ? i18n.t('suggest.neighbourhood') : place.neighbourhood,
      alike.length > 1 && place.crossStreet && i18n.t('candidates.corner', { street: place.crossStreet }),
      place.precision === 'NUMBER_APPROXIMATE' && i18n.t('precision.NUMBER_APPROXIMATE'),
      // Of the very place that stands there no distance is worth a word.
      near && distanceM(near, place) >= 1 && i18n.t('suggest.away', { distance: i18n.metres(distanceM(near, place)) }),
    ]
      .filter(Boolean)
      .join(' · ');
  }
}
