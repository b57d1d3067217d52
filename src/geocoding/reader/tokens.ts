import { fold } from './words.js';

/** A word of an address. */
export interface Word {
  /** Folded; `2º` keeps its mark, `2·5` is the value of "km 2,5". */
  text: string;
  /** As it was written. */
  raw: string;
  /** `-` or `/` where it hangs on the word before without a blank, else empty. */
  joint: string;
}

/** What a label such as "Bairro:" says about the words behind it. */
export type Label = 'street' | 'number' | 'complement' | 'place' | 'town' | 'state';

/** Words that their writer set off from others. */
export interface Segment {
  words: Word[];
  label: Label | null;
}

/** No address has more; what follows is left unread, because every part and word costs comparisons with all that a city knows. */
const SEGMENTS_AT_MOST = 12;
const WORDS_AT_MOST = 48;

const LABELS: readonly [Label, string][] = [
  ['street', 'endere[cç]o(?: completo)?|end\\.?|logradouro|rua ?/ ?av\\.?|rua|avenida|av\\.?'],
  ['number', 'n[uú]mero|num\\.?|nro\\.?|n\\.?[º°o]?\\.?'],
  ['complement', 'complemento|compl?\\.?|(?:ponto de )?refer[eê]ncia|ref\\.?|obs\\.?'],
  ['place', 'bairro'],
  ['town', 'cidade|munic[ií]pio'],
  ['state', 'estado|uf'],
];
const LABEL = new RegExp(`(?<![\\p{L}\\p{N}])(${LABELS.map(([, words]) => words).join('|')})\\s*[:=]`, 'giu');
const LABEL_OF = LABELS.map(([label, words]) => [label, new RegExp(`^(?:${words})$`, 'iu')] as const);

const INVISIBLE = /\p{Cf}/gu;
const PHONE =
  /(?:\b(?:tel(?:efone)?|fone|cel(?:ular)?|whats(?:app)?|zap)\b\s*[.:]?\s*)?(?:\(\d{2}\)\s*|\b\d{2}\s+)?\b9?\d{4}-\d{4}\b/gi;
/** In "Contagem (MG)" the brackets hold the state, elsewhere what nobody needs for finding the place. */
const STATE_IN_BRACKETS = /\(\s*([a-z]{2})\s*\)/gi;
const BRACKETS = /\([^)]*\)/g;
const KILOMETRES = /(\bkm|\bquil[oô]metro)(\s*[.:]?\s*\d+)[.,](\d+)/gi;
const THOUSANDS = /\b(\d{1,3})\.(\d{3})\b/g;
const SEPARATOR = /[,;|\n\r\t]+|\s+[-–—]+\s*|[–—]|-\s+/;
const WORD = /([-/]?)((?:\d+\s?[ºª°])|(?:(?![ºª])[\p{L}\p{N}·])+(?:['’‘´`](?:(?![ºª])[\p{L}\p{N}])+)*)/gu;

/** Cuts an address at its labels, commas, semicolons, line ends and dashes, and these into words; what is invisible, a phone number and text in brackets is left out. */
export function cutIntoSegments(text: string, label: Label | null = null): Segment[] {
  const clean = text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(STATE_IN_BRACKETS, ' - $1 ')
    .replace(PHONE, ' , ')
    .replace(BRACKETS, ' ')
    .replace(KILOMETRES, '$1$2·$3')
    .replace(THOUSANDS, '$1$2');
  const [first = '', ...labelled] = clean.split(LABEL);
  const segments = cut(first, label);
  for (let at = 0; at + 1 < labelled.length; at += 2) {
    const [named = '', value = ''] = [labelled[at], labelled[at + 1]];
    const found = LABEL_OF.find(([, words]) => words.test(named))?.[0] ?? null;
    // "Rua: Rio Ganges" has its type in the label.
    const typed = found === 'street' && /^(rua|avenida|av\.?)$/i.test(named) ? `${named} ${value}` : value;
    segments.push(...cut(typed, found));
  }
  return shortened(segments);
}

/** A label holds for the words up to the next separator. */
function cut(text: string, label: Label | null): Segment[] {
  const segments = text.split(SEPARATOR).map(wordsOf);
  const first = segments.findIndex((words) => words.length > 0);
  return segments.flatMap((words, at) => (words.length === 0 ? [] : [{ words, label: at === first ? label : null }]));
}

/** The words of a text. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORD)].flatMap(([, joint = '', raw = '']) => {
    const ordinal = /^(\d+)\s?[ºª°]$/.exec(raw);
    const folded = ordinal ? `${Number(ordinal[1])}º` : raw.includes('·') ? raw : fold(raw);
    return folded === '' ? [] : [{ text: folded, raw: raw.replace('·', ','), joint }];
  });
}

/** Words in one folded line. */
export function textOf(words: readonly Word[]): string {
  return words.map(({ text }) => text).join(' ');
}

/** Leaves the first words of all segments together. */
function shortened(segments: Segment[]): Segment[] {
  let left = WORDS_AT_MOST;
  const kept: Segment[] = [];
  for (const { words, label } of segments.slice(0, SEGMENTS_AT_MOST)) {
    if (left <= 0) break;
    kept.push({ words: words.slice(0, left), label });
    left -= words.length;
  }
  return kept;
}
