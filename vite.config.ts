import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const root = resolve(import.meta.dirname, 'src/web');
const outDir = resolve(import.meta.dirname, 'dist/web');
const pages = ['ozloc', 'logs'].map((page) => join(root, `${page}.html`)).filter((file) => existsSync(file));

/** Beside every text asset its `.br` and `.gz`, so that the server sends the smaller one without compressing anything itself. */
function preCompressed(): Plugin {
  const compressible = /\.(js|mjs|css|html|svg|json)$/;
  return {
    name: 'pre-compressed',
    async closeBundle() {
      const files = readdirSync(outDir, { recursive: true, encoding: 'utf8' })
        .filter((name) => compressible.test(name))
        .map((name) => join(outDir, name))
        .filter((file) => statSync(file).size >= 1024);
      await Promise.all(
        files.map(async (file) => {
          const bytes = readFileSync(file);
          // 10, not 11: one percent larger for half the time, and everybody's first start waits for it.
          const params = { [zlib.BROTLI_PARAM_QUALITY]: 10, [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.length };
          const [br, gz] = await Promise.all([
            promisify(brotliCompress)(bytes, { params }),
            promisify(gzip)(bytes, { level: 9 }),
          ]);
          writeFileSync(`${file}.br`, br);
          writeFileSync(`${file}.gz`, gz);
        }),
      );
    },
  };
}

export default defineConfig({
  root,
  // Pages lie beside `assets/`: `{base}/ozloc` finds them by relative addresses, whatever BASE_PATH is.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    alias: {
      // Parts of jsPDF that draw HTML and SVG; the sketch uses neither, and they would be 400 kB on disk.
      html2canvas: join(root, 'ozloc/croqui/not-used.ts'),
      canvg: join(root, 'ozloc/croqui/not-used.ts'),
      dompurify: join(root, 'ozloc/croqui/not-used.ts'),
    },
  },
  worker: { format: 'es' },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // Nothing as data: addresses, nothing inline: the content security policy allows neither.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: pages,
      output: {
        codeSplitting: {
          // jsPDF gets a chunk of its own by its dynamic import; the map library would otherwise share one with our map code.
          groups: [
            { name: 'maplibre', test: /node_modules\/(maplibre-gl|@maplibre|@mapbox)\// },
            // What both pages use, under a name of its own: a browser that has seen one page has half of the other.
            { name: 'shared', test: /(src\/(web\/shared|generated)|node_modules\/preact)\//, minShareCount: 2 },
          ],
        },
      },
    },
  },
  plugins: [preCompressed()],
});
