import type { Choice } from '../choose.js';
import { localOrder } from './local-order.js';

/**
 * What tells before the fact how far off an estimate will be, for the model of the error: the way it was made, how far apart the
 * doors used are in metres and in numbers, how well doors fit their neighbours here, how orderly numbers are around, and how serious
 * the rivals are.
 */
export function featuresOf({ best, number, share, rivalM }: Choice): number[] {
  const is = (kind: typeof best.kind) => (best.kind === kind ? 1 : 0);
  const span = onScale(best.spanM);
  const gap = onScale(best.gap);
  const order = localOrder(best.street.doors, number, best);
  return [
    1,
    is('across'),
    is('beyond'),
    is('between') * span,
    is('across') * span,
    is('beyond') * gap,
    (1 - is('beyond')) * gap,
    onScale(best.misfitM),
    1 - share,
    onScale(rivalM),
    best.street.disorder,
    Math.min(1, best.doorsInRun / 20),
    ...[...order.awayM, ...order.off].map(onScale),
  ];
}

/** Errors and distances are compared by ratio; 5 m more or less make no difference. */
export function onScale(metres: number): number {
  return Math.log(metres + 5);
}
