import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';
import { findChromium } from './test/e2e/support/find-chromium.js';
import { available } from './test/support/available.js';

const require = createRequire(import.meta.url);
const hasBrowser = available(
  findChromium() !== null,
  'there is no Chromium, so the pages are not tried (`npx playwright install chromium`, or CHROMIUM_PATH)',
);

export default defineConfig({
  // Own code would otherwise load graphql's ES build while type-graphql and Apollo load its CommonJS one: two copies, two type systems.
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }] },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: hasBrowser ? [] : ['test/e2e/**'],
    setupFiles: ['test/support/setup.ts'],
    pool: 'forks',
    // Files of one worker share what they import: importing graphql, TypeGraphQL and PGlite anew for each took a third of the whole run.
    isolate: false,
    // On two cores: where one waits for a timer, an answer or a browser, the other two work.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Workers share their cores with browsers and databases: what fails once there is tried once more, and the report says so.
    retry: process.env.CI ? 1 : 0,
    reporters: ['default', ...(process.env.REQUIRE_ALL === '1' ? ['./test/support/no-skips.ts'] : [])],
  },
});
