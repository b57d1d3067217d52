import { useEffect, useRef } from 'preact/hooks';
import type { Refusal } from '../state/state.js';
import { BoxMark } from './box-mark.js';
import { useOzloc } from './context.js';

/** Boxes nearby that cannot serve, each with the reason in words. */
export function Refusals({ refusals }: { refusals: readonly Refusal[] }) {
  const { i18n, state, dispatch } = useOzloc();
  const list = useRef<HTMLDetailsElement>(null);
  const { askedBoxId } = state;
  useEffect(() => {
    const asked = askedBoxId && list.current?.querySelector(`li[data-box="${askedBoxId}"]`);
    if (!asked || !list.current) return;
    list.current.open = true;
    asked.scrollIntoView({ block: 'nearest' });
  }, [askedBoxId]);
  if (refusals.length === 0) return null;
  const noOffer = state.viability.answer?.boxes.length === 0;
  return (
    <details class="refusals" ref={list} open={noOffer}>
      <summary>{i18n.plural('refused.title', refusals.length)}</summary>
      <ul>
        {refusals.map(({ box, distanceM, reasons }) => (
          <li
            key={box.id}
            class={state.hotBoxId === box.id ? 'hot' : undefined}
            data-box={box.id}
            onPointerEnter={() => dispatch({ type: 'box.hot', boxId: box.id })}
            onPointerLeave={() => dispatch({ type: 'box.hot', boxId: null })}
          >
            <BoxMark status={box.status} occupancy="refused" />
            <div>
              <p>
                <strong>{box.name}</strong> <span class="muted number">{i18n.metres(distanceM)}</span>
              </p>
              {reasons.map((reason) => (
                <p key={reason.code} class="small">
                  {reasonText(reason)}
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </details>
  );

  function reasonText({ code, message, limitM, actualM }: Refusal['reasons'][number]) {
    const said = code === 'OTHER' && message ? message : i18n.t(`refusal.${code}`);
    if (limitM === null || actualM === null) return said;
    const measured = i18n.t('refusal.measured', { actual: i18n.metres(actualM), limit: i18n.metres(limitM) });
    return `${said} (${measured})`;
  }
}
