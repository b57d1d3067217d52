import type { ImplantationStatus } from '../../../generated/operations.js';
import { BOX_SHAPES, type Occupancy } from '../map/box-shapes.js';

/** The symbol of a box on the map: its shape shows the status, its colour and sign the occupancy. */
export function BoxMark(props: { status: ImplantationStatus | null; occupancy: Occupancy; text?: string }) {
  return (
    <svg class={`box-mark ${props.occupancy}`} viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d={BOX_SHAPES[props.status ?? 'IMPLANTED']} />
      {props.occupancy === 'refused' && <path d="M9 9 15 15M15 9 9 15" />}
      {props.text && (
        <text x="12" y="12" text-anchor="middle" dominant-baseline="central">
          {props.text}
        </text>
      )}
    </svg>
  );
}
