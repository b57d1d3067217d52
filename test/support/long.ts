/** `npm run check:long`, which waits for what a change need not: see CONTRIBUTING. */
export const isLong = process.env.LONG === '1';

/** Rows of `it.each` that the long check alone tries: none otherwise, and nothing is skipped. */
export const inLong = <Row>(...rows: Row[]): Row[] => (isLong ? rows : []);
