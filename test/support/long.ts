import { describe } from 'vitest';

/** `npm run check:long`, which waits for what a change need not: see CONTRIBUTING. */
export const isLong = process.env.LONG === '1';

/** Rows of `it.each` that the long check alone tries: none otherwise, and nothing is skipped. */
export const inLong = <Row>(...rows: Row[]): Row[] => (isLong ? rows : []);

/** A suite that the long check alone tries, in a file that has others. */
export const describeLong: typeof describe = isLong ? describe : (Object.assign(() => {}, describe) as never);
