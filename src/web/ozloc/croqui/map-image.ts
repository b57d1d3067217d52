import { Map as MapLibre } from 'maplibre-gl';
import { MAP_SCALE } from '../../../sketch/sheet.js';
import type { MapView } from '../../../sketch/signs.js';
import type { PageConfig } from '../../shared/page-config.js';
import { baseStyle } from '../map/base-style.js';
import { LIGHT } from '../map/theme.js';

/** Tiles that have not come by then are left out: a sketch without streets beats none, and says so. */
const PATIENCE_MS = 6_000;
const EQUATOR_M = 40_075_016.7;

/** A map's picture, and whose map it is. */
export interface Ground {
  picture: HTMLCanvasElement;
  attribution: string;
  /** Everything that belongs into the view had come. */
  whole: boolean;
}

let latest: { key: string; ground: Ground } | null = null;

/** As `drawGround`; a whole one is drawn once for all formats. */
export async function groundOf(view: MapView, config: PageConfig['map']): Promise<Ground> {
  const key = JSON.stringify(view);
  if (latest?.key === key) return latest.ground;
  const ground = await drawGround(view, config);
  latest = ground.whole ? { key, ground } : null;
  return ground;
}

/** The ground of a view, out of sight and always light, so that the paper looks the same from phone and desk. Errors: throws without WebGL. */
async function drawGround({ center, metresPerPixel }: MapView, config: PageConfig['map']): Promise<Ground> {
  const container = document.createElement('div');
  container.className = 'sketch-map';
  document.body.append(container);
  let map: MapLibre | null = null;
  try {
    map = new MapLibre({
      container,
      style: baseStyle(config, LIGHT),
      interactive: false,
      attributionControl: false,
      pixelRatio: MAP_SCALE,
      fadeDuration: 0,
      canvasContextAttributes: { preserveDrawingBuffer: true },
      center: [center.lng, center.lat],
      zoom: Math.log2((Math.cos((center.lat * Math.PI) / 180) * EQUATOR_M) / (512 * metresPerPixel)),
    });
    let whole = true;
    map.on('error', () => {
      whole = false;
    });
    if (!(await idle(map))) whole = false;
    const drawn = map.getCanvas();
    const picture = document.createElement('canvas');
    picture.width = drawn.width;
    picture.height = drawn.height;
    picture.getContext('2d')?.drawImage(drawn, 0, 0);
    return { picture, attribution: attributionOf(map, config), whole };
  } finally {
    map?.remove();
    container.remove();
  }
}

/** What the sources of the style say, and what the provider was asked to say; without links. */
function attributionOf(map: MapLibre, { attribution }: PageConfig['map']): string {
  const sources = Object.keys(map.getStyle()?.sources ?? {}).map((id) => map.getSource(id)?.attribution);
  const said = [...sources, attribution].filter((text) => text !== undefined);
  return [...new Set(said)].join(' · ').replace(/<[^>]*>/g, '');
}

/** False: it still was not when nobody waits any more. */
function idle(map: MapLibre): Promise<boolean> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(false), PATIENCE_MS);
    map.once('idle', () => {
      clearTimeout(late);
      resolve(true);
    });
  });
}
