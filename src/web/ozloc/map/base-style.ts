import fontUrl from '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2?url';
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { PageConfig } from '../../shared/page-config.js';
import type { MapTheme } from './theme.js';

export const FONT = ['Noto Sans'];

/** The ground under the network: the provider's style or tiles, the city's own streets, or a plain sheet. */
export function baseStyle(map: PageConfig['map'], theme: MapTheme): StyleSpecification | string {
  if (map.styleUrl) return new URL(map.styleUrl, document.baseURI).href;
  // With font-faces and without glyphs MapLibre draws every letter itself: no glyph files, no font server.
  const style: StyleSpecification = {
    version: 8,
    'font-faces': { 'Noto Sans': new URL(fontUrl, document.baseURI).href },
    sources: {},
    layers: [{ id: 'ground', type: 'background', paint: { 'background-color': theme.ground } }],
  };
  if (map.tilesUrl) {
    style.sources.tiles = {
      type: 'raster',
      tiles: [absolute(map.tilesUrl)],
      tileSize: 256,
      maxzoom: 19,
      ...(map.attribution ? { attribution: map.attribution } : {}),
    };
    style.layers.push({ id: 'tiles', type: 'raster', source: 'tiles' });
  } else if (map.osmTilesUrl) {
    const { min: minzoom = 0, max: maxzoom = 15 } = map.osmZooms ?? {};
    const attribution = map.attribution ?? '';
    style.sources.osm = { type: 'vector', tiles: [absolute(map.osmTilesUrl)], minzoom, maxzoom, attribution };
    style.layers.push(...osmLayers(theme));
  } else if (map.cityTilesUrl) {
    style.sources.city = { type: 'vector', tiles: [absolute(map.cityTilesUrl)], minzoom: 10, maxzoom: 15 };
    style.layers.push(...cityLayers(theme));
  }
  return style;
}

// new URL would write the braces of {z} as %7B.
function absolute(template: string): string {
  return new URL(template, document.baseURI).href.replaceAll('%7B', '{').replaceAll('%7D', '}');
}

function cityLayers(theme: MapTheme): LayerSpecification[] {
  const isAvenue = ['==', ['get', 'kind'], 'avenue'] as const;
  const width = (extra: number) =>
    [
      'interpolate',
      ['exponential', 1.7],
      ['zoom'],
      12,
      ['case', isAvenue, 1.4 + extra * 0.4, 0.6 + extra * 0.2],
      15,
      ['case', isAvenue, 6 + extra, 3.4 + extra],
      18,
      ['case', isAvenue, 24 + extra * 1.5, 15 + extra * 1.5],
    ] as unknown as number;
  const from = (layer: string) => ({ source: 'city', 'source-layer': layer });
  const street = from('streets');
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
  return [
    { id: 'blocks', type: 'fill', ...from('neighbourhoods'), paint: { 'fill-color': theme.block } },
    {
      id: 'street-edges',
      type: 'line',
      ...street,
      layout: round,
      paint: {
        'line-color': ['case', isAvenue, theme.avenueEdge, theme.streetEdge] as unknown as string,
        'line-width': width(2),
      },
    },
    {
      id: 'streets',
      type: 'line',
      ...street,
      layout: { ...round, 'line-sort-key': ['case', isAvenue, 1, 0] as unknown as number },
      paint: {
        'line-color': ['case', isAvenue, theme.avenue, theme.street] as unknown as string,
        'line-width': width(0),
      },
    },
    {
      id: 'door-numbers',
      type: 'symbol',
      ...from('doors'),
      minzoom: 17.4,
      layout: { 'text-field': ['to-string', ['get', 'number']], 'text-font': FONT, 'text-size': 10, 'text-padding': 3 },
      paint: { 'text-color': theme.label, 'text-opacity': 0.75, 'text-halo-color': theme.halo, 'text-halo-width': 1 },
    },
    streetNames(theme, street, ['get', 'name'], 14.5),
    {
      id: 'neighbourhood-names',
      type: 'symbol',
      ...from('places'),
      filter: ['==', ['get', 'kind'], 'neighbourhood'],
      maxzoom: 16.2,
      layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 13, 'text-letter-spacing': 0.08 },
      paint: { 'text-color': theme.neighbourhood, 'text-halo-color': theme.halo, 'text-halo-width': 1.5 },
    },
    {
      id: 'town-name',
      type: 'symbol',
      ...from('places'),
      filter: ['==', ['get', 'kind'], 'town'],
      // Nearer, the place that is looked at says its town itself.
      maxzoom: 15.6,
      layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 21, 'text-padding': 12 },
      paint: { 'text-color': theme.label, 'text-halo-color': theme.halo, 'text-halo-width': 2.5 },
    },
  ];
}

/** Along their streets, from a zoom on. */
function streetNames(
  theme: MapTheme,
  from: { source: string; 'source-layer': string },
  name: ExpressionSpecification,
  minzoom: number,
): LayerSpecification {
  return {
    id: 'street-names',
    type: 'symbol',
    ...from,
    minzoom,
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 190,
      'text-field': name,
      'text-font': FONT,
      'text-size': ['interpolate', ['linear'], ['zoom'], minzoom, 10, 18, 13],
      'text-max-angle': 30,
    },
    paint: { 'text-color': theme.label, 'text-halo-color': theme.halo, 'text-halo-width': 2 },
  };
}

/** Roads by their kind, the smallest first: pixels at zoom 12, 15 and 18. */
const ROADS = [
  { id: 'paths', kinds: ['path', 'other'], width: [0, 0.8, 4], isAvenue: false },
  { id: 'roads-minor', kinds: ['minor_road'], width: [0.6, 3.4, 15], isAvenue: false },
  { id: 'roads-major', kinds: ['major_road', 'medium_road'], width: [1.4, 6, 22], isAvenue: true },
  { id: 'highways', kinds: ['highway'], width: [2, 8, 26], isAvenue: true },
] as const;

/** OpenStreetMap's data in the layers of Protomaps' basemap, version 4: earth, landuse, water, buildings, roads, places. */
function osmLayers(theme: MapTheme): LayerSpecification[] {
  const from = (layer: string) => ({ source: 'osm', 'source-layer': layer });
  const fill = (id: string, layer: string, color: string, kinds?: readonly string[]): LayerSpecification => ({
    id,
    type: 'fill',
    ...from(layer),
    filter: ['all', ['==', ['geometry-type'], 'Polygon'], ...(kinds ? [kindIn(kinds)] : [])] as never,
    paint: { 'fill-color': color },
  });
  const name: ExpressionSpecification = ['coalesce', ['get', 'name:pt'], ['get', 'name']];
  return [
    fill('earth', 'earth', theme.block),
    fill('greens', 'landuse', theme.green, ['park', 'wood', 'forest', 'grass', 'garden', 'pitch', 'cemetery']),
    fill('water', 'water', theme.water),
    { ...fill('buildings', 'buildings', theme.building), minzoom: 15 },
    ...ROADS.map((road) => roadLine(road, 2, road.isAvenue ? theme.avenueEdge : theme.streetEdge)),
    ...ROADS.map((road) => roadLine(road, 0, road.isAvenue ? theme.avenue : theme.street)),
    streetNames(theme, from('roads'), name, 14),
    {
      id: 'neighbourhood-names',
      type: 'symbol',
      ...from('places'),
      maxzoom: 16.2,
      layout: {
        'text-field': name,
        'text-font': FONT,
        'text-size': ['match', ['get', 'kind'], 'locality', 16, 13] as unknown as number,
      },
      paint: { 'text-color': theme.neighbourhood, 'text-halo-color': theme.halo, 'text-halo-width': 2 },
    },
  ];
}

function kindIn(kinds: readonly string[]) {
  return ['in', ['get', 'kind'], ['literal', [...kinds]]] as const;
}

/** `edge`: so much wider than the road itself. */
function roadLine({ id, kinds, width }: (typeof ROADS)[number], edge: number, color: string): LayerSpecification {
  const [far, town, near] = width;
  const widths = ['interpolate', ['exponential', 1.7], ['zoom'], 12, far, 15, town + edge, 18, near + edge * 1.5];
  return {
    id: edge > 0 ? `${id}-edges` : id,
    type: 'line',
    source: 'osm',
    'source-layer': 'roads',
    filter: kindIn(kinds) as never,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': color, 'line-width': widths as unknown as number },
  };
}
