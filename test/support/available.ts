/**
 * Whether something that tests need is on this machine. What is missing is said once, and its tests are skipped (`describe.runIf`);
 * with REQUIRE_ALL=1, as CI sets it, that is a failure instead.
 *
 * Errors:  Error, with the reason, when it is missing and REQUIRE_ALL=1.
 */
export function available(present: boolean, otherwise: string): boolean {
  if (present) return true;
  if (process.env.REQUIRE_ALL === '1') throw new Error(`REQUIRE_ALL=1, but ${otherwise}`);
  process.stderr.write(`skipped: ${otherwise}\n`);
  return false;
}
