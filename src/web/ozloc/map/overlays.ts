import type { FeatureCollection } from 'geojson';
import type {
  ExpressionSpecification,
  GeoJSONSource,
  LayerSpecification,
  Map as MapLibre,
  SymbolLayerSpecification,
} from 'maplibre-gl';
import { FONT } from './base-style.js';
import type { MapFeatures } from './features.js';
import { addBoxIcons, type MapTheme } from './theme.js';

const MARKER_SPACE = 'marker-space';
/** As map.css has it. */
const MARKER_SIZE = { width: 36, height: 44 };

export const BOX_LAYERS = ['boxes'];
export const CANDIDATE_LAYER = 'candidates';

/** The network and the sale over whatever ground the map has. */
export function addOverlays(map: MapLibre, theme: MapTheme, homeNow: string): void {
  addBoxIcons(map, theme);
  map.addImage(MARKER_SPACE, { ...MARKER_SIZE, data: new Uint8Array(MARKER_SIZE.width * MARKER_SIZE.height * 4) });
  for (const id of ['error', 'poles', 'drop', 'boxes', 'candidates', 'home', 'marker']) {
    map.addSource(id, { type: 'geojson', promoteId: 'id', data: { type: 'FeatureCollection', features: [] } });
  }
  // Poles lie under the names of the streets, so that both can be read.
  const names = map.getLayer('street-names') ? 'street-names' : undefined;
  for (const layer of layers(theme, homeNow)) map.addLayer(layer, layer.id === 'poles' ? names : undefined);
}

/** Shows other features in one of the sources. */
export function show(map: MapLibre, source: keyof MapFeatures, data: FeatureCollection): void {
  map.getSource<GeoJSONSource>(source)?.setData(data);
}

function layers(theme: MapTheme, homeNow: string): LayerSpecification[] {
  const hot = (yes: number, no: number) =>
    ['case', ['boolean', ['feature-state', 'hot'], false], yes, no] as unknown as number;
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
  const disc = (radius: number, fill: string, rim: string, width: number) => ({
    'circle-radius': radius,
    'circle-color': fill,
    'circle-stroke-color': rim,
    'circle-stroke-width': width,
  });
  const sign = (size: number | ExpressionSpecification): NonNullable<SymbolLayerSpecification['layout']> => ({
    'text-field': ['get', 'sign'],
    'text-font': FONT,
    'text-size': size,
    'text-allow-overlap': true,
  });
  return [
    {
      id: 'error-fill',
      type: 'fill',
      source: 'error',
      // A wash over a whole town says nothing; its edge does.
      paint: { 'fill-color': theme.client, 'fill-opacity': 0.06 },
    },
    {
      id: 'error-edge',
      type: 'line',
      source: 'error',
      paint: { 'line-color': theme.client, 'line-width': 2, 'line-opacity': 0.9, 'line-dasharray': [2, 2] },
    },
    {
      id: 'poles',
      type: 'circle',
      source: 'poles',
      minzoom: 15.8,
      filter: ['!=', ['get', 'part'], 'used'],
      paint: {
        // Small where they are only part of the picture, big where they can be clicked, bigger where they are the next step.
        'circle-radius': [
          'interpolate',
          ['linear'],
          ['zoom'],
          15.8,
          ['match', ['get', 'part'], 'next', 7, 1.6],
          18,
          ['match', ['get', 'part'], 'next', 9, 'drawable', 4.5, 2.6],
        ],
        'circle-color': theme.halo,
        'circle-stroke-color': ['match', ['get', 'part'], 'next', theme.client, theme.pole],
        'circle-stroke-width': ['match', ['get', 'part'], 'next', 2, 'drawable', 1.8, 1.2],
      },
    },
    {
      id: 'pole-numbers',
      type: 'symbol',
      source: 'poles',
      minzoom: 15.8,
      filter: ['!=', ['get', 'sign'], ''],
      layout: sign(['interpolate', ['linear'], ['zoom'], 15.8, 10, 18, 12]),
      paint: { 'text-color': theme.client },
    },
    {
      id: 'drop-halo',
      type: 'line',
      source: 'drop',
      layout: round,
      paint: { 'line-color': theme.halo, 'line-width': 7, 'line-opacity': 0.85 },
    },
    {
      id: 'drop-straight',
      type: 'line',
      source: 'drop',
      filter: ['!', ['get', 'drawn']],
      paint: { 'line-color': theme.client, 'line-width': 3, 'line-dasharray': [2, 1.6] },
    },
    {
      id: 'drop-drawn',
      type: 'line',
      source: 'drop',
      filter: ['get', 'drawn'],
      layout: round,
      paint: { 'line-color': theme.client, 'line-width': 3.5 },
    },
    {
      id: 'poles-used',
      type: 'circle',
      source: 'poles',
      filter: ['==', ['get', 'part'], 'used'],
      paint: disc(4.5, theme.halo, theme.client, 3),
    },
    {
      id: 'box-hot',
      type: 'circle',
      source: 'boxes',
      paint: {
        ...disc(22, theme.hot, theme.hot, 2.5),
        'circle-opacity': hot(0.25, 0),
        'circle-stroke-opacity': hot(1, 0),
      },
    },
    {
      id: 'boxes',
      type: 'symbol',
      source: 'boxes',
      layout: {
        ...sign(13.5),
        'icon-image': ['get', 'icon'],
        'icon-allow-overlap': true,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: {
        'text-color': [
          'case',
          ['==', ['get', 'occupancy'], 'last'],
          theme.boxes.last.sign,
          ['get', 'planned'],
          theme.boxes.free.fill,
          theme.boxes.free.sign,
        ],
      },
    },
    {
      id: 'box-names',
      type: 'symbol',
      source: 'boxes',
      minzoom: 15.5,
      filter: ['!=', ['get', 'occupancy'], 'other'],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': 11.5,
        'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
        'text-radial-offset': 1.7,
        'symbol-sort-key': ['-', 3, ['get', 'rank']],
      },
      paint: { 'text-color': theme.label, 'text-halo-color': theme.halo, 'text-halo-width': 1.6 },
    },
    {
      id: 'home',
      type: 'circle',
      source: 'home',
      paint: disc(7, theme.halo, theme.client, 4),
    },
    {
      id: 'home-name',
      type: 'symbol',
      source: 'home',
      layout: {
        'text-field': homeNow,
        'text-font': FONT,
        'text-size': 12.5,
        // Above its point, where there is one: at the lower edge of a phone's map stand the legend and the sheet.
        'text-variable-anchor': ['bottom', 'top', 'left', 'right'],
        'text-radial-offset': 1.1,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': theme.label, 'text-halo-color': theme.halo, 'text-halo-width': 1.8 },
    },
    {
      // Nothing to see: it keeps names from where the client's marker, which is no part of the map, would cover them.
      id: 'marker-space',
      type: 'symbol',
      source: 'marker',
      layout: { 'icon-image': MARKER_SPACE, 'icon-anchor': 'bottom', 'icon-allow-overlap': true },
    },
    {
      id: CANDIDATE_LAYER,
      type: 'circle',
      source: 'candidates',
      paint: disc(14, theme.client, theme.halo, 2.5),
    },
    {
      id: 'candidate-numbers',
      type: 'symbol',
      source: 'candidates',
      layout: sign(14),
      paint: { 'text-color': theme.halo },
    },
  ];
}
