/** What a sketch says, in both languages: for the sheet that the server makes and for the pages, which show some of it themselves. */
export const SKETCH_WORDS = {
  pt: {
    'done.contract': 'Contrato',
    'done.client': 'Cliente',
    'done.box': 'Caixa',
    'sale.building': 'Prédio',
    'done.splitter': 'Splitter',
    'done.port': 'Porta',
    'done.drop': 'Drop',
    'done.address': 'Endereço',
    'sale.observation': 'Observação',
    'croqui.title': 'Croqui de instalação',
    'croqui.made': 'Feito em {date}',
    'croqui.position': 'Posição',
    'croqui.boxPosition': 'Posição da caixa',
    'croqui.scan': 'Abrir no mapa',
    'croqui.straight': 'reto',
    'croqui.poles_one': '{count} poste',
    'croqui.poles_other': '{count} postes',
    'croqui.blanks': 'Para preencher na instalação',
    'croqui.blank.signal': 'Potência no cliente (dBm)',
    'croqui.blank.cable': 'Cabo usado (m)',
    'croqui.blank.date': 'Data',
    'croqui.blank.technician': 'Técnico',
  },
  en: {
    'done.contract': 'Contract',
    'done.client': 'Client',
    'done.box': 'Box',
    'sale.building': 'Building',
    'done.splitter': 'Splitter',
    'done.port': 'Port',
    'done.drop': 'Drop',
    'done.address': 'Address',
    'sale.observation': 'Observation',
    'croqui.title': 'Installation sketch',
    'croqui.made': 'Made on {date}',
    'croqui.position': 'Position',
    'croqui.boxPosition': 'Position of the box',
    'croqui.scan': 'Open on a map',
    'croqui.straight': 'straight',
    'croqui.poles_one': '{count} pole',
    'croqui.poles_other': '{count} poles',
    'croqui.blanks': 'To be filled in at the installation',
    'croqui.blank.signal': 'Power at the client (dBm)',
    'croqui.blank.cable': 'Cable used (m)',
    'croqui.blank.date': 'Date',
    'croqui.blank.technician': 'Technician',
  },
} as const;

type SketchKey = keyof (typeof SKETCH_WORDS)['pt'];

/** How a sketch is put into words. */
export interface Say {
  readonly locale: string;
  t(key: SketchKey, values?: Record<string, string | number>): string;
  /** `34 m`, `8,5 m` below ten. */
  metres(value: number): string;
}

/** One language, for whoever has no catalogue of a page. */
export function sayIn(language: keyof typeof SKETCH_WORDS): Say {
  const locale = language === 'pt' ? 'pt-BR' : 'en';
  return {
    locale,
    t: (key, values = {}) =>
      SKETCH_WORDS[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')),
    metres: metresIn(locale),
  };
}

/** Nobody counts the metres of what is further. */
const FAR_M = 2_000;

/** Lengths as that language writes them. */
export function metresIn(locale: string): Say['metres'] {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const fine = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (value) => {
    const isFar = value >= FAR_M;
    const shown = isFar ? value / 1_000 : value;
    // Nothing is nothing, not a measurement to the decimetre.
    return `${(shown >= 0.05 && shown < 9.95 ? fine : whole).format(shown)}\u00a0${isFar ? 'km' : 'm'}`;
  };
}
