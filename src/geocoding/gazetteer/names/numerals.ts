const UNITS: Readonly<Record<string, number>> = {
  UM: 1,
  UMA: 1,
  PRIMEIRO: 1,
  DOIS: 2,
  DUAS: 2,
  SEGUNDO: 2,
  TRES: 3,
  TERCEIRO: 3,
  QUATRO: 4,
  CINCO: 5,
  SEIS: 6,
  SETE: 7,
  OITO: 8,
  NOVE: 9,
  DEZ: 10,
  ONZE: 11,
  DOZE: 12,
  TREZE: 13,
  QUATORZE: 14,
  CATORZE: 14,
  QUINZE: 15,
  DEZESSEIS: 16,
  DEZESSETE: 17,
  DEZOITO: 18,
  DEZENOVE: 19,
};
const TENS: Readonly<Record<string, number>> = {
  VINTE: 20,
  TRINTA: 30,
  QUARENTA: 40,
  CINQUENTA: 50,
  SESSENTA: 60,
  SETENTA: 70,
  OITENTA: 80,
  NOVENTA: 90,
};
const HUNDREDS: Readonly<Record<string, number>> = {
  CEM: 100,
  CENTO: 100,
  DUZENTOS: 200,
  TREZENTOS: 300,
  QUATROCENTOS: 400,
};

/** Two letters or more: a single I, V or X is as often a street's letter as a number. */
const ROMAN: Readonly<Record<string, number>> = {
  II: 2,
  III: 3,
  IV: 4,
  VI: 6,
  VII: 7,
  VIII: 8,
  IX: 9,
  XI: 11,
  XII: 12,
  XV: 15,
  XXIII: 23,
};

/**
 * Writes numbers in words and Roman numerals as digits, so that `VINTE E TRES DE MAIO` and `23 DE MAIO`, `DOM PEDRO II` and
 * `DOM PEDRO SEGUNDO` are one name.
 */
export function numeralsToDigits(words: readonly string[]): string[] {
  const written: string[] = [];
  let index = 0;
  while (index < words.length) {
    const read = readNumeral(words, index);
    written.push(read ? String(read.value) : plainNumber(words[index] ?? ''));
    index = read?.next ?? index + 1;
  }
  return written;
}

function readNumeral(words: readonly string[], start: number): { value: number; next: number } | null {
  let value = 0;
  let next = start;
  // Largest first: hundreds, tens, units, each at most once, joined by E.
  for (const table of [HUNDREDS, TENS, UNITS]) {
    const joined = next > start && words[next] === 'E' ? next + 1 : next;
    const part = table[words[joined] ?? ''];
    if (part === undefined) continue;
    value += part;
    next = joined + 1;
  }
  if (next > start) return { value, next };
  const roman = ROMAN[words[start] ?? ''];
  return roman === undefined ? null : { value: roman, next: start + 1 };
}

/** `1O` (from `1º`) and `01` → `1`. */
function plainNumber(word: string): string {
  return /^\d+[OA]?$/.test(word) ? String(Number.parseInt(word, 10)) : word;
}
