import type { I18n } from '../../shared/i18n/i18n.js';
import type { PageConfig } from '../../shared/page-config.js';
import type { Outcome, OzlocState } from '../state/state.js';
import { drawMap } from './map-image.js';
import { sketchPng } from './png.js';
import { sketchOf } from './sketch.js';

/** Makes the sketch in the page and hands it to the person as a file. */
export async function downloadSketch(request: {
  format: 'png' | 'pdf';
  outcome: Outcome;
  state: OzlocState;
  i18n: I18n;
  config: PageConfig;
}): Promise<void> {
  const { format, outcome, state, i18n, config } = request;
  const sketch = sketchOf(outcome, state, i18n, new Date());
  const map = await drawMap(sketch, state, config.map);
  const file = format === 'png' ? await sketchPng(sketch, map) : await pdfOf();
  save(file, `${sketch.fileName}.${format}`);

  async function pdfOf() {
    const { sketchPdf } = await import('./pdf.js');
    return sketchPdf(sketch, map);
  }
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  const url = URL.createObjectURL(file);
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
