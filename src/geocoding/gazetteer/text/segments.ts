import { foldedWords } from '../names/fold.js';

const STATES = new Set('AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO'.split(' '));
const POSTAL_CODE = /(?:\bCEP\b\s*:?\s*)?\b\d{2}\.?\d{3}-?\d{3}\b|\bCEP\b/gi;
const STATE_AT_END = new RegExp(`[-/]\\s*(?=(?:${[...STATES].join('|')})\\s*(?:$|[,;]))`, 'gi');

/** No address has more; what follows is left unread, because every part and word costs comparisons with all that the city knows. */
const PARTS_AT_MOST = 12;
const WORDS_AT_MOST = 48;

/** An address in the parts that its writer set off, and the state where one is named. */
export interface Segments {
  /** Each as folded words, none empty. */
  parts: string[][];
  /** Two letters. */
  state: string | null;
  /** The state was written after some part: that part is a city or a neighbourhood. */
  partBeforeState: number | null;
}

/** Cuts an address at commas, semicolons and dashes; postal code, country and what stands in brackets are left out. */
export function cutIntoSegments(text: string): Segments {
  const parts = text
    .replace(/\([^)]*\)/g, ' ')
    .replace(POSTAL_CODE, ' , ')
    .replace(/\b(\d{1,3})\.(\d{3})\b/g, '$1$2')
    .replace(STATE_AT_END, ' , ')
    .split(/[,;|\n\r\t]+|\s+[-–—]+\s*|[–—]/)
    .map(foldedWords)
    .map((words) => withoutCountry(words))
    .filter((words) => words.length > 0)
    .slice(0, PARTS_AT_MOST);
  shorten(parts);
  for (let index = parts.length - 1; index >= 1; index -= 1) {
    const words = parts[index] ?? [];
    const last = words.at(-1) ?? '';
    if (!STATES.has(last)) continue;
    // "Contagem MG" in one part, or the state alone after the part that it belongs to.
    if (words.length === 1) parts.splice(index, 1);
    else parts[index] = words.slice(0, -1);
    const before = words.length === 1 ? index - 1 : index;
    return { parts, state: last, partBeforeState: before >= 1 ? before : null };
  }
  return { parts, state: null, partBeforeState: null };
}

function withoutCountry(words: string[]): string[] {
  const last = words.at(-1);
  return last === 'BRASIL' || last === 'BRAZIL' ? (words.length === 1 ? [] : words) : words;
}

/** Leaves the first words of all parts together. */
function shorten(parts: string[][]): void {
  let left = WORDS_AT_MOST;
  for (const words of parts) {
    words.splice(left);
    left -= words.length;
  }
  while (parts.at(-1)?.length === 0) parts.pop();
}
