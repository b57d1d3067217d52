/** Colours of the sketch on paper, the same in picture and PDF. */
export const PAPER = {
  ink: '#16222c',
  muted: '#4f5e6a',
  accent: '#0b5c63',
  soft: '#e2f0f0',
  line: '#d9dfe3',
  blank: '#7d8b96',
} as const;
