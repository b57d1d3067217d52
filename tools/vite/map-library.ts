import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const sources = join(dirname(createRequire(import.meta.url).resolve('maplibre-gl/package.json')), 'src');
const WORKER_URL = 'virtual:map-worker?url';

/**
 * Builds MapLibre from the sources in its package, its worker as one more entry of the same build, whose address is
 * `virtual:map-worker?url`: the half that page and worker have in common is one chunk, fetched once. The package's own two bundles carry
 * it twice (docs/adr/0008).
 */
export function mapLibrary(): Plugin {
  return {
    name: 'map-library',
    config: () => ({
      resolve: { alias: [{ find: /^maplibre-gl$/, replacement: join(sources, 'index.ts') }] },
      // As MapLibre's own build does: a field that is only declared would undo what the parent's constructor has put there.
      oxc: { typescript: { removeClassFieldsWithoutInitializer: true } },
    }),
    resolveId: (id) => (id === WORKER_URL ? `\0${WORKER_URL}` : null),
    load(id) {
      if (id !== `\0${WORKER_URL}`) return null;
      const worker = this.emitFile({ type: 'chunk', id: join(sources, 'source/worker.ts'), name: 'map-worker' });
      return `export default import.meta.ROLLUP_FILE_URL_${worker};`;
    },
  };
}
