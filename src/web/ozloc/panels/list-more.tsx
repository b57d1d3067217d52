import { useEffect, useRef, useState } from 'preact/hooks';
import { mapUrl } from '../../../sketch/sketch.js';
import { Button } from '../../shared/controls.js';
import { formatCoordinates } from '../state/geometry.js';
import type { OzlocState, Refusal } from '../state/state.js';
import { type I18n, useOzloc } from './context.js';
import { BoxMark } from './offers.js';

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

/** On to whoever extends the network, with all that he needs to know: as a letter, by what the device shares with, or copied. Nobody's name or number goes along. */
export function TellEngineering() {
  const { state, i18n, config } = useOzloc();
  const [by, setBy] = useState<'nothing' | 'copied' | 'hand'>('nothing');
  const { position } = state;
  if (!position) return null;
  const text = letterOf(state, i18n);
  const byHand = (error?: Error) => {
    if (error?.name !== 'AbortError') setBy('hand');
  };
  const share = () => navigator.share({ text }).catch(byHand);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setBy('copied');
    } catch {
      byHand();
    }
  };
  const query = new URLSearchParams({
    subject: i18n.t('verdict.tellSubject', { place: position.address?.label ?? formatCoordinates(position) }),
    body: text,
  });
  return (
    <div class="actions">
      {config.contact && (
        <a class="button" href={`mailto:${config.contact}?${query.toString().replaceAll('+', '%20')}`}>
          {i18n.t('verdict.tell')}
        </a>
      )}
      {'share' in navigator ? (
        <Button onClick={share}>{i18n.t(config.contact ? 'done.share' : 'verdict.tell')}</Button>
      ) : (
        <Button onClick={copy}>{i18n.t('verdict.copy')}</Button>
      )}
      <a class="button" href={`https://wa.me/?text=${encodeURIComponent(text)}`} target="_blank" rel="noreferrer">
        {i18n.t('done.whatsapp')}
      </a>
      <p class="small" role="status">
        {by === 'copied' && i18n.t('verdict.copied')}
      </p>
      {by === 'hand' && (
        <textarea class="letter" readOnly rows={6} aria-label={i18n.t('verdict.letter')} value={text} />
      )}
    </div>
  );
}

/** A box in project this near is what the place waits for, where nobody knows how far OZmap searches. */
const PLANNED_NEAR_M = 200;

/** Why nothing is on offer, and how far away the network is. `planned`: it comes to this place, said in one sentence; null: not that anybody knows. */
export function networkAround(
  { nearest, viability }: Pick<OzlocState, 'nearest' | 'viability'>,
  i18n: I18n,
): { planned: string | null; lines: string[] } {
  const { reasons = [], searchRadiusM = null } = viability.answer ?? {};
  const isPlanned = nearest.some(
    ({ status, distanceM }) => status === 'DRAFT' && distanceM <= (searchRadiusM ?? PLANNED_NEAR_M),
  );
  const said = reasons.length > 0 ? reasons : (['OTHER'] as const);
  const lines = [
    // That there is no box would not be true.
    ...said.filter((reason) => !isPlanned || reason !== 'NO_BOX_IN_RANGE').map((reason) => i18n.t(`reason.${reason}`)),
    ...nearest.map((box, index) => boxAt(box, i18n, index > 0)),
  ];
  if (searchRadiusM) lines.push(i18n.t('verdict.radius', { distance: i18n.metres(searchRadiusM) }));
  return { planned: isPlanned ? i18n.t('verdict.planned') : null, lines };
}

function boxAt({ name, status, distanceM }: OzlocState['nearest'][number], i18n: I18n, beyondPlanned = false): string {
  const values = { box: name ?? '', distance: i18n.metres(distanceM) };
  if (status === 'DRAFT') return i18n.t('verdict.nearestPlanned', values);
  return i18n.t(beyondPlanned ? 'verdict.nearestBuilt' : 'verdict.nearest', values);
}

/** Where there is no viability, why, and how far the network is. */
function letterOf(state: OzlocState, i18n: I18n): string {
  const { position, viability, nearest, form } = state;
  const [refused] = viability.answer?.refusedBoxes ?? [];
  const place = position && formatCoordinates(position);
  const lines = [
    i18n.t('verdict.tellSubject', { place: position?.address?.label ?? place ?? '' }),
    place,
    position && mapUrl(position),
    ...networkAround(state, i18n).lines,
    nearest.length === 0 && refused && boxAt({ ...refused.box, distanceM: refused.distanceM }, i18n),
    ...(refused?.reasons ?? []).map(
      ({ code, message }) => `${refused?.box.name}: ${message || i18n.t(`refusal.${code}`)}`,
    ),
    form.contractCode && `${i18n.t('verdict.contract')} ${form.contractCode}`,
  ];
  return lines.filter(Boolean).join('\n');
}
