/** Words that number a part of a house or plot: what follows them is not the house number. */
const UNITS = new Set(
  'AP APT APTO APART APARTAMENTO BL BLOCO BLC CASA CS LOJA LJ SALA SL LOTE LT QUADRA QD QDA TORRE UNIDADE UND UN KM GALPAO BOX ANDAR PAVIMENTO SUBSOLO'.split(
    ' ',
  ),
);
/** Words that say which part without a number. */
const PARTS = new Set('FUNDOS FUNDO FDS FRENTE TERREO SOBRADO ALTOS'.split(' '));
const NUMBER_MARKS = new Set(['N', 'NO', 'NR', 'NUM', 'NUMERO', 'NRO']);

/** Takes out of an address what lies behind its front door: `APTO 301`, `CASA 2`, `BL B`, `FUNDOS`, `3 ANDAR`. */
export function withoutComplement(words: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const [word = '', next = ''] = [words[index], words[index + 1]];
    if (isFloor(word, next)) index += 1;
    else if (UNITS.has(word) && isUnitValue(next)) index += 1;
    // "Rua da Frente" is a street; "120 fundos" is not.
    else if (!(PARTS.has(word) && kept.some(isHouseNumber)) && !(PARTS.has(word) && words.length === 1))
      kept.push(word);
  }
  return kept;
}

/** `120`, `120A`: what can be a house number, as its number. */
export function isHouseNumber(word: string): boolean {
  return /^\d{1,6}[A-Z]?$/.test(word);
}

/** Drops the `N` of `N 120`. */
export function withoutNumberMarks(words: readonly string[]): string[] {
  return words.filter((word, index) => !(NUMBER_MARKS.has(word) && isHouseNumber(words[index + 1] ?? '')));
}

/** Where `S/N` stands, -1 for nowhere; `length` is how many words it takes. */
export function findWithoutNumber(words: readonly string[]): { at: number; length: number } {
  for (let at = 0; at < words.length; at += 1) {
    if (words[at] === 'SN') return { at, length: 1 };
    const [word, next] = [words[at], words[at + 1]];
    if ((word === 'S' && next === 'N') || (word === 'SEM' && (next === 'NUMERO' || next === 'N')))
      return { at, length: 2 };
  }
  return { at: -1, length: 0 };
}

function isFloor(word: string, next: string): boolean {
  return /^\d{1,2}$/.test(word) && (next === 'ANDAR' || next === 'PAVIMENTO');
}

function isUnitValue(word: string): boolean {
  return /^\d+[A-Z]?$/.test(word) || /^[A-Z]\d*$/.test(word);
}
