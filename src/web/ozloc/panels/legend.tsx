import { BoxMark } from './box-mark.js';
import { usePage } from './context.js';

/** What the symbols mean. */
export function Legend() {
  const { i18n } = usePage();
  return (
    <details class="legend">
      <summary>{i18n.t('map.legend')}</summary>
      <ul class="small">
        <li>
          <span class="pin-dot" aria-hidden="true" /> {i18n.t('map.legend.client')}
        </li>
        <li>
          <BoxMark status="IMPLANTED" occupancy="free" text="5" /> {i18n.t('map.legend.offer')}
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
