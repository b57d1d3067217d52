import type { Map as MapLibre } from 'maplibre-gl';
import { BOX_SHAPES, OCCUPANCIES, type Occupancy } from './box-shapes.js';
import type { MapTheme } from './theme.js';

const RATIO = 2;
const SIZE: Record<Occupancy, number> = { free: 34, last: 34, refused: 27, other: 17 };

/** Draws every symbol of a box once and hands it to the map: shape by status, colour and sign by occupancy. */
export function addBoxIcons(map: MapLibre, theme: MapTheme): void {
  for (const occupancy of OCCUPANCIES) {
    for (const [status, shape] of Object.entries(BOX_SHAPES)) {
      const id = `box-${status}-${occupancy}`;
      const image = draw(shape, occupancy, theme);
      if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: RATIO });
    }
  }
}

function draw(shape: string, occupancy: Occupancy, theme: MapTheme): ImageData | null {
  const size = SIZE[occupancy] * RATIO;
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (!context) return null;
  const { fill, edge, sign } = theme.boxes[occupancy];
  // The shapes reach the rim of their 24 by 24 field; the edge needs room around them.
  const scale = size / 28;
  context.setTransform(scale, 0, 0, scale, 2 * scale, 2 * scale);
  const path = new Path2D(shape);
  context.fillStyle = fill;
  context.strokeStyle = edge;
  context.lineWidth = 2.2;
  context.lineJoin = 'round';
  context.fill(path);
  context.stroke(path);
  if (occupancy === 'refused') {
    context.strokeStyle = sign;
    context.lineCap = 'round';
    context.stroke(new Path2D('M8.5 8.5 15.5 15.5M15.5 8.5 8.5 15.5'));
  }
  return context.getImageData(0, 0, size, size);
}
