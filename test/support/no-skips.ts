import type { Reporter, TestModule } from 'vitest/node';

/** Fails a run in which any test was skipped, and names what was. */
export default class NoSkips implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map(({ fullName }) => `${module.relativeModuleId} > ${fullName}`),
    );
    if (skipped.length === 0) return;
    process.stderr.write(`REQUIRE_ALL=1, but these were skipped:\n${skipped.join('\n')}\n`);
    process.exitCode = 1;
  }
}
