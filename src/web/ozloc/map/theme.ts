import type { Map as MapLibre } from 'maplibre-gl';
import type { ImplantationStatus } from '../../../generated/operations.js';
import { BOX_SHAPES, isPlanned, OCCUPANCIES, type Occupancy } from './box-shapes.js';

/** Colours of the map; MapLibre reads no CSS variables. */
export interface MapTheme {
  ground: string;
  block: string;
  street: string;
  streetEdge: string;
  avenue: string;
  avenueEdge: string;
  label: string;
  halo: string;
  neighbourhood: string;
  green: string;
  water: string;
  building: string;
  pole: string;
  client: string;
  hot: string;
  boxes: Record<'free' | 'last' | 'refused' | 'other', { fill: string; edge: string; sign: string }>;
}

export const LIGHT: MapTheme = {
  ground: '#dde3e5',
  block: '#e9edee',
  street: '#ffffff',
  streetEdge: '#7c8a94',
  avenue: '#fff6dd',
  avenueEdge: '#94824a',
  label: '#56646f',
  halo: '#ffffff',
  neighbourhood: '#6b5f78',
  green: '#dbe8da',
  water: '#b9d7e6',
  building: '#dadfe1',
  pole: '#6f6455',
  client: '#b8155a',
  hot: '#0b5c63',
  boxes: {
    free: { fill: '#14683a', edge: '#ffffff', sign: '#ffffff' },
    last: { fill: '#ffc65c', edge: '#6b3f00', sign: '#3d2400' },
    refused: { fill: '#ffffff', edge: '#a3211b', sign: '#a3211b' },
    other: { fill: '#93a0aa', edge: '#ffffff', sign: '#ffffff' },
  },
};

export const DARK: MapTheme = {
  ground: '#0e151b',
  block: '#121b22',
  street: '#546c80',
  streetEdge: '#0e151b',
  avenue: '#6d6a44',
  avenueEdge: '#0e151b',
  label: '#bccad4',
  halo: '#0e151b',
  neighbourhood: '#9c90a8',
  green: '#14251c',
  water: '#142c3b',
  building: '#1b262e',
  pole: '#c9b48f',
  client: '#ff7db3',
  hot: '#63c7c7',
  boxes: {
    free: { fill: '#58c586', edge: '#0e151b', sign: '#06210f' },
    last: { fill: '#ffc65c', edge: '#3d2400', sign: '#3d2400' },
    refused: { fill: '#162028', edge: '#ff9d94', sign: '#ff9d94' },
    other: { fill: '#5f6f7b', edge: '#0e151b', sign: '#0e151b' },
  },
};

/** Dark where the person's system is dark. */
export function currentTheme(): MapTheme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? DARK : LIGHT;
}

const RATIO = 2;
const SIZE: Record<Occupancy, number> = { free: 34, last: 34, refused: 27, other: 17 };

/** Draws every symbol of a box once and hands it to the map: shape by status, colour and sign by occupancy. */
export function addBoxIcons(map: MapLibre, theme: MapTheme): void {
  for (const occupancy of OCCUPANCIES) {
    for (const [status, shape] of Object.entries(BOX_SHAPES)) {
      const id = `box-${status}-${occupancy}`;
      const image = draw(shape, occupancy, theme, isPlanned(status as ImplantationStatus));
      if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: RATIO });
    }
  }
}

function draw(shape: string, occupancy: Occupancy, theme: MapTheme, planned: boolean): ImageData | null {
  const size = SIZE[occupancy] * RATIO;
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (!context) return null;
  const hollow = planned && occupancy === 'free';
  const { sign, ...solid } = theme.boxes[occupancy];
  const { fill, edge } = hollow ? { fill: theme.halo, edge: solid.fill } : solid;
  // The shapes reach the rim of their 24 by 24 field; the edge needs room around them.
  const scale = size / 28;
  context.setTransform(scale, 0, 0, scale, 2 * scale, 2 * scale);
  const path = new Path2D(shape);
  context.fillStyle = fill;
  context.strokeStyle = edge;
  context.lineWidth = 2.2;
  context.lineJoin = 'round';
  if (hollow) context.setLineDash([4, 2]);
  context.fill(path);
  context.stroke(path);
  if (occupancy === 'refused') {
    context.strokeStyle = sign;
    context.lineCap = 'round';
    context.stroke(new Path2D('M8.5 8.5 15.5 15.5M15.5 8.5 8.5 15.5'));
  }
  return context.getImageData(0, 0, size, size);
}
