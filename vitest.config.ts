import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { available } from './test/support/available.js';
import { findChromium } from './test/support/find-chromium.js';
import { isLong } from './test/support/long.js';

const require = createRequire(import.meta.url);
// Workers import the same libraries at every run; what V8 has compiled of them is kept.
process.env.NODE_COMPILE_CACHE ??= new URL('node_modules/.cache/compiled', import.meta.url).pathname;
const hasBrowser = available(
  findChromium() !== null,
  'there is no Chromium, so the pages are not tried (`npx playwright install chromium`, or CHROMIUM_PATH)',
);

/** Folders whose files take longest, first to last: begun last, one of them would run on alone. */
const LONGEST = ['chaos', 'races', 'docs', 'federation', 'walk', 'saga', 'e2e', 'store', 'http', 'graphql'];

/**
 * What a change need not wait for: others wrote it, it compiles for half a minute, or it looks once more, in a browser, at what the walks of sale,
 * phone and logs pass by.
 */
const LONG = [
  'test/chaos/declarations.test.ts',
  'test/docs/javascript.test.ts',
  'test/e2e/embedding/{access,explorer}.test.ts',
  'test/e2e/logs/deliveries.test.ts',
  'test/e2e/map/{drawing,highlight,pmtiles}.test.ts',
  'test/e2e/phone/suggestions.test.ts',
  'test/federation/compatibility.test.ts',
  'test/http/integration-suite.test.ts',
];
const leftOut = isLong ? [] : LONG;
if (leftOut.length > 0)
  process.stderr.write(`left to \`npm run check:long\`: ${leftOut.join(', ')}, and some tests of others\n`);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((folder) => moduleId.includes(`/test/${folder}/`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  // Own code would otherwise load graphql's ES build while type-graphql and Apollo load its CommonJS one: two copies, two type systems.
  // A worker keeps the embedded databases that it has opened.
  resolve: {
    alias: [
      { find: /^graphql$/, replacement: require.resolve('graphql') },
      {
        find: /^@electric-sql\/pglite$/,
        replacement: new URL('test/support/kept-pglite.ts', import.meta.url).pathname,
      },
    ],
  },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...leftOut, ...(hasBrowser ? [] : ['test/e2e/**'])],
    globalSetup: ['test/support/scratch.ts'],
    setupFiles: ['test/support/setup.ts'],
    pool: 'forks',
    // Files of one worker share what they import: importing graphql, TypeGraphQL and PGlite anew for each took a third of the whole run.
    isolate: false,
    // What they share stays: with room for what is new, the garbage is gone through less often.
    execArgv: ['--max-semi-space-size=64', '--min-semi-space-size=32'],
    // On two cores: where some wait for a timer, an answer or a browser, the others work.
    maxWorkers: 5,
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes at once, or not at all, on a machine that is not busy with something else.
    expect: { poll: { timeout: 20_000 } },
    // Workers share their cores with browsers and databases: what fails once there is tried once more, and the report says so.
    retry: process.env.CI ? 1 : 0,
    reporters: ['default', ...(process.env.REQUIRE_ALL === '1' ? ['./test/support/no-skips.ts'] : [])],
  },
});
