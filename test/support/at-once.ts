import { describe } from 'vitest';

/**
 * A suite for each case, all at once, the tests of each in order: for what mostly waits. Each makes what it works with itself, and takes
 * `onTestFinished` from its test's context.
 */
export function describeAtOnce<Case extends object>(
  cases: readonly Case[],
  title: string,
  suite: (one: Case) => void,
): void {
  describe.concurrent.each(cases)(title, (one) => {
    describe('in order', { concurrent: false }, () => suite(one));
  });
}
