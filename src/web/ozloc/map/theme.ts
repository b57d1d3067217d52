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
  pole: string;
  client: string;
  hot: string;
  boxes: Record<'free' | 'last' | 'refused' | 'other', { fill: string; edge: string; sign: string }>;
}

export const LIGHT: MapTheme = {
  ground: '#eceff0',
  block: '#f6f7f6',
  street: '#ffffff',
  streetEdge: '#d6dcdf',
  avenue: '#fff6dd',
  avenueEdge: '#dccf9f',
  label: '#56646f',
  halo: '#ffffff',
  neighbourhood: '#8a7f95',
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

const DARK: MapTheme = {
  ground: '#0e151b',
  block: '#121b22',
  street: '#263541',
  streetEdge: '#0e151b',
  avenue: '#3b4439',
  avenueEdge: '#0e151b',
  label: '#a9b7c2',
  halo: '#0e151b',
  neighbourhood: '#9c90a8',
  pole: '#a8977c',
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
