import { useEffect, useRef } from 'preact/hooks';

/**
 * Puts the focus where a view begins: its `data-autofocus` element, else its heading. Keyboard and screen reader go on from there.
 */
export function useViewFocus<Element extends HTMLElement>() {
  const view = useRef<Element>(null);
  useEffect(() => {
    const heading = view.current?.querySelector<HTMLElement>('h2');
    const first = view.current?.querySelector<HTMLElement>('[data-autofocus]:not([readonly])') ?? heading;
    if (first === heading) heading?.setAttribute('tabindex', '-1');
    // The view begins at its top all the same: what is being confirmed stands above the first field.
    first?.focus({ preventScroll: true });
  }, []);
  return view;
}
