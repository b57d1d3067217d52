import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from '../../shared/controls.js';
import type { OzlocMap } from '../map/create-map.js';
import { usePage } from './context.js';
import { BoxMark } from './offers.js';

/** What the symbols mean. */
export function Legend() {
  const { i18n } = usePage();
  const legend = useRef<HTMLDetailsElement>(null);
  // On a phone it lies over the list: the next touch of anything else is for what it covers.
  useEffect(() => {
    const shut = ({ target }: Event) => {
      const { current } = legend;
      if (current && !current.contains(target as Node) && matchMedia('(max-width: 47.5rem)').matches)
        current.open = false;
    };
    document.addEventListener('pointerdown', shut);
    return () => document.removeEventListener('pointerdown', shut);
  }, []);
  return (
    <details class="legend" ref={legend}>
      <summary>{i18n.t('map.legend')}</summary>
      <ul class="small">
        <li>
          <span class="pin-dot" aria-hidden="true" /> {i18n.t('map.legend.client')}
        </li>
        <li>
          <BoxMark status="IMPLANTED" occupancy="free" text="5" /> {i18n.t('map.legend.offer')}
        </li>
        <li>
          <BoxMark status="NOT_IMPLANTED" occupancy="free" text="5" /> {i18n.t('map.legend.planned')}
        </li>
        <li>
          <BoxMark status="IMPLANTED" occupancy="last" text="1" /> {i18n.t('map.legend.scarce')}
        </li>
        <li>
          <BoxMark status="IMPLANTED" occupancy="refused" /> {i18n.t('map.legend.refused')}
        </li>
        {(['IMPLANTED', 'CERTIFIED', 'NOT_IMPLANTED', 'DRAFT'] as const).map((status) => (
          <li key={status}>
            <BoxMark status={status} occupancy="other" /> {i18n.t(`status.${status}`)}
          </li>
        ))}
        <li>
          <span class="pole-dot" aria-hidden="true" /> {i18n.t('map.legend.pole')}
        </li>
      </ul>
    </details>
  );
}

/** The map beside the list. Its library comes after the shell is on screen; the page works without it. */
export function MapPanel() {
  const page = usePage();
  const { i18n } = page;
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<OzlocMap | 'opening' | 'failed'>('opening');

  useEffect(() => {
    let gone = false;
    let opened: OzlocMap | null = null;
    import('../map/create-map.js')
      .then(({ createOzlocMap }) => {
        if (gone || !container.current) return;
        opened = createOzlocMap(container.current, page);
        setMap(opened);
      })
      .catch(() => setMap('failed'));
    return () => {
      gone = true;
      opened?.remove();
    };
  }, [page]);

  const controls = typeof map === 'object' ? map : null;
  return (
    <section class="map" aria-label={i18n.t('map.panel')}>
      <div class="map-canvas" ref={container} />
      {map === 'opening' && (
        <p class="map-failed">
          <span class="spinner" aria-hidden="true" />
          <span class="sr-only">{i18n.t('map.opening')}</span>
        </p>
      )}
      {map === 'failed' && <p class="map-failed">{i18n.t('map.unavailable')}</p>}
      {controls && (
        <>
          <div class="map-controls">
            <IconButton label={i18n.t('map.zoomIn')} icon="plus" onClick={() => controls.zoomBy(1)} />
            <IconButton label={i18n.t('map.zoomOut')} icon="minus" onClick={() => controls.zoomBy(-1)} />
            <IconButton label={i18n.t('map.fit')} icon="fit" onClick={() => controls.fitAll()} />
          </div>
          <Legend />
        </>
      )}
    </section>
  );
}

/** A finger that moved less meant to tap. */
const TAP_PX = 6;
/** Of the sheet and of the map there is always something to take hold of. */
const LEAST_PX = 72;

/** At the upper edge of a phone's sheet: dragged, the sheet gets as high as wished; tapped, the map gets large or small. */
export function Grip(props: { sheet: RefObject<HTMLElement>; mapLarge: boolean; onTap(): void }) {
  const { i18n } = usePage();
  const from = useRef<number | null>(null);
  const moved = useRef(false);
  const drag = ({ clientY }: PointerEvent) => {
    if (from.current === null || (!moved.current && Math.abs(clientY - from.current) < TAP_PX)) return;
    moved.current = true;
    const height = Math.min(innerHeight - LEAST_PX, Math.max(LEAST_PX, innerHeight - clientY));
    props.sheet.current?.style.setProperty('--sheet', `${height}px`);
  };
  return (
    <button
      type="button"
      class="grip"
      aria-label={i18n.t(props.mapLarge ? 'map.smaller' : 'map.larger')}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = event.clientY;
        moved.current = false;
      }}
      onPointerMove={drag}
      onLostPointerCapture={() => {
        from.current = null;
      }}
      onClick={({ detail }) => {
        // The click that ends a drag; a key's has no detail.
        if (moved.current && detail > 0) return;
        props.sheet.current?.style.removeProperty('--sheet');
        props.onTap();
      }}
    />
  );
}
