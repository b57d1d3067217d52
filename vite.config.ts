import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { mapLibrary } from './tools/vite/map-library.js';
import { preCompressed } from './tools/vite/pre-compressed.js';

const root = resolve(import.meta.dirname, 'src/web');
const pages = ['ozloc', 'logs', 'explorer']
  .map((page) => join(root, `${page}.html`))
  .filter((file) => existsSync(file));
/** For pages of others, under a name that does not change. */
const kit = join(root, 'kit/ozloc.ts');
const copies = {
  'ozloc.d.ts': join(root, 'kit/ozloc-kit.ts'),
  'cnt-page.html': resolve(import.meta.dirname, 'examples/cnt-page/index.html'),
};

/** Files beside the pages, as they are; an image is built without the examples. */
function copied(files: Record<string, string>): Plugin {
  return {
    name: 'copied',
    generateBundle() {
      for (const [fileName, file] of Object.entries(files))
        if (existsSync(file)) this.emitFile({ type: 'asset', fileName, source: readFileSync(file) });
    },
  };
}

export default defineConfig({
  root,
  // Pages lie beside `assets/`: `{base}/ozloc` finds them by relative addresses, whatever BASE_PATH is.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: resolve(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Nothing as data: addresses, nothing inline: the content security policy allows neither.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The explorer's editor.
    chunkSizeWarningLimit: 3000,
    // The texts of the licences of what is bundled.
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      checks: { pluginTimings: false },
      // "use client" is for servers that render; nobody here does.
      onLog: (level, log, byDefault) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') byDefault(level, log);
      },
      input: [...pages, kit],
      output: {
        entryFileNames: ({ facadeModuleId }) => (facadeModuleId === kit ? 'ozloc.js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          // pdfkit gets a chunk of its own by its dynamic import.
          groups: [
            // MapLibre and what it imports, apart from our map code: one chunk for the page, one for the worker, one for both.
            { name: 'maplibre', test: /node_modules\/maplibre-gl\//, entriesAware: true },
            // What the map page's own chunks share: one request instead of one for each part.
            { name: 'sale', test: /src\/web\/ozloc\/(state|draw)\//, minShareCount: 2 },
            // What both pages use, under a name of its own: a browser that has seen one page has half of the other.
            {
              name: 'shared',
              // What only the steps behind the list need comes with them.
              test: /(src\/(web\/shared|generated)\/(?!until|ozloc-commands)|node_modules\/preact\/)/,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
  plugins: [mapLibrary(), copied(copies), preCompressed()],
});
