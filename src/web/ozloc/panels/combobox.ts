import { useEffect, useRef } from 'preact/hooks';
import type { Suggestion } from '../effects/effects.js';
import type { LatLng } from '../state/geometry.js';
import type { Place } from '../state/state.js';

/** One line of the list. */
export interface Option {
  kind: Suggestion['kind'] | 'RECENT';
  text: string;
  place: Place;
}

const REST_MS = 150;
const KEPT = 60;

/** What the keys and pointers of a combobox lead to. */
export interface Handlers {
  typed(text: string): void;
  take(option: Option): void;
  options: readonly Option[];
  shown: boolean;
  active: number;
  setActive(index: number): void;
  /** For what stands in the box nothing is wanted any more: it was searched for. */
  isAsked(): boolean;
  close(): void;
}

/** Keys and pointers of a combobox: arrows choose, Enter takes, Escape closes, and typing goes on all the while. */
export function listenTo(box: HTMLInputElement, now: () => Handlers): () => void {
  const onInput = () => now().typed(box.value);
  const onPress = () => now().shown || now().isAsked() || now().typed(box.value);
  const onSubmit = () => now().close();
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    // To the button below the list, which is part of it.
    if (!(relatedTarget instanceof Element && relatedTarget.closest('.suggestions'))) now().close();
  };
  const onArrow = (by: number) => {
    const { options, shown, active, setActive, typed } = now();
    if (!shown) return typed(box.value);
    // One place before the first is the text itself.
    const places = options.length + 1;
    setActive(((active + 1 + by + places) % places) - 1);
  };
  const onEnter = (event: KeyboardEvent) => {
    const { options, active, take } = now();
    const option = options[active];
    // Without one it is the form that is sent.
    if (!option) return;
    event.preventDefault();
    take(option);
  };
  const onKey = (event: KeyboardEvent) => {
    const { shown, close } = now();
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      onArrow(event.key === 'ArrowDown' ? 1 : -1);
    } else if (shown && event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if (shown && event.key === 'Enter') onEnter(event);
  };
  const events = [
    ['input', onInput],
    ['click', onPress],
    ['blur', onBlur],
    ['keydown', onKey],
  ] as const;
  for (const [name, listener] of events) box.addEventListener(name, listener as EventListener);
  box.form?.addEventListener('submit', onSubmit);
  // What was typed until this was here, unless it was searched for meanwhile.
  if (document.activeElement === box && !now().isAsked()) onInput();
  return () => {
    box.form?.removeEventListener('submit', onSubmit);
    for (const [name, listener] of events) box.removeEventListener(name, listener as EventListener);
  };
}

/** A press takes its line; the focus stays in the box, where the keys are. */
export function hearPresses(popup: HTMLElement, now: () => Handlers): () => void {
  const keepFocus = (event: Event) => event.preventDefault();
  const onClick = ({ target }: Event) => {
    const line = target instanceof Element ? target.closest('[role="option"]') : null;
    const option = line && now().options[Number(line.id.split('-')[1])];
    if (option) now().take(option);
  };
  popup.addEventListener('mousedown', keepFocus);
  popup.addEventListener('click', onClick);
  return () => {
    popup.removeEventListener('mousedown', keepFocus);
    popup.removeEventListener('click', onClick);
  };
}

/** Asks once the typing rests; what was asked before is given up, and what is known is shown at once. */
export function useLook(
  suggest: (text: string, near: LatLng | null, signal: AbortSignal) => Promise<Suggestion[]>,
  kept: Map<string, Option[]>,
  show: (list: Option[]) => void,
) {
  const running = useRef<AbortController | null>(null);
  const resting = useRef<ReturnType<typeof setTimeout>>();
  const latest = useRef(show);
  latest.current = show;
  const stop = () => {
    clearTimeout(resting.current);
    running.current?.abort();
    running.current = null;
  };
  useEffect(() => stop, []);

  async function ask(text: string, near: LatLng | null, key: string) {
    const mine = new AbortController();
    running.current = mine;
    // Nothing to say where it fails: the search itself does.
    const found = await suggest(text, near, mine.signal).catch(() => null);
    if (running.current !== mine || !found) return;
    const options = found.map(({ kind, text, location }) => ({ kind, text, place: location }));
    if (kept.size >= KEPT) kept.clear();
    kept.set(key, options);
    latest.current(options);
  }

  return {
    stop,
    soon(text: string, near: LatLng | null) {
      stop();
      const key = `${text.trim().toLowerCase()} ${near?.lat} ${near?.lng}`;
      const known = kept.get(key);
      if (known) return latest.current(known);
      resting.current = setTimeout(() => void ask(text, near, key), REST_MS);
    },
  };
}

const STORED = 'ozloc.recent';
const MOST_RECENT = 5;

/**
 * The places that were found last, newest first, in this tab's own storage and nowhere else: addresses as the service writes them, never
 * what was typed, never a contract or a person. None where the browser refuses storage.
 */
export function readRecent(): Place[] {
  try {
    const places: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? '[]');
    return Array.isArray(places) ? (places as Place[]).filter(({ lat, lng }) => Number.isFinite(lat + lng)) : [];
  } catch {
    return [];
  }
}

/** Puts a place on top of them. */
export function remember(place: Place): void {
  const others = readRecent().filter(({ formattedAddress }) => formattedAddress !== place.formattedAddress);
  try {
    sessionStorage.setItem(STORED, JSON.stringify([place, ...others].slice(0, MOST_RECENT)));
  } catch {
    // Refused or full: nothing is offered again.
  }
}

export function forgetRecent(): void {
  try {
    sessionStorage.removeItem(STORED);
  } catch {
    // Refused: there is nothing.
  }
}
