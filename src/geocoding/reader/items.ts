import type { Word } from './tokens.js';
import { isMonthNext, isParticle, streetTypeOf, wordSet } from './words.js';

/**
 * What words are in an address. `number`: what can be a house number. `unit`: a part of a house or plot with its value (`AP 301`, `KM 5`,
 * `FUNDOS`). `none`: without number. `aside`: where it is near, or between which numbers the street runs.
 */
type ItemKind = 'word' | 'number' | 'unit' | 'none' | 'aside';

/** One or more words that belong together. */
export interface Item {
  kind: ItemKind;
  words: readonly Word[];
  /** Of a number. */
  value: number | null;
  /** `Nº` stood before the number: no other one is the house's. */
  marked: boolean;
}

/** What they name is behind the front door, or counts plots or kilometres: a number behind them is not the house's. */
const UNITS = wordSet(
  'AP APT APTO APART APARTAMENTO BL BLOCO BLC CASA CS LOJA LJ SALA SL LOTE LT QUADRA QD QDA Q L TORRE TR UNIDADE UND UN KM QUILOMETRO GALPAO BOX ANDAR PAVIMENTO PAV SUBSOLO CONJUNTO CONJ CJ GLEBA GL CHACARA CHAC KIT KITNET VAGA',
);
/** The same with its value behind it and no blank between: `QD12`. Streets are called T55 or C15, too. */
const GLUED_UNIT = /^(?:AP|APT|APTO|BL|CS|LJ|SL|LT|QD|QDA|Q|L|KM|CJ|GL|BLOCO|CASA|LOTE|LOJA|SALA)(\d+(?:·\d+)?[A-Z]?)$/;
/** Words that say which part without a value, behind the number. */
const PARTS = wordSet('FUNDOS FUNDO FDS FD FRENTE TERREO SOBRADO ALTOS CASA LOJA APTO AP SALA PREDIO COMERCIAL');
const BUILDINGS = wordSet('ED EDIF EDIFICIO PREDIO COND CONDOMINIO SHOPPING GALERIA');
const FLOORS = wordSet('ANDAR PAVIMENTO PAV');
const NUMBER_MARKS = wordSet('N NO NR NUM NUMERO NRO Nº');
/** What follows them only says near what it is. */
const ASIDE =
  /^(?:(?:BEM )?PROX(?:IMO|IMA)?(?: [AD][OA]?S?)? |PERTO D|EM FRENTE|DE FRENTE|FRENTE A|DEFRONTE|AO LADO|ATRAS D|ESQ(?:UINA)? |ESQUINA$|ENTRE (?:A|AS|O|OS|R|RUA) |DEPOIS D|ANTES D|VIZINHO |SENTIDO |(?:ZONA|AREA) (?:RURAL|URBANA)|REF |REFERENCIA |ANTIGA RUA |ANTIGO |TEL |FONE |OBS )/;
/** How the Correios say which numbers of a street a postal code is for. */
const RANGE =
  /^(?:DE \d+(?: \d+)? (?:A|ATE|AO) (?:\d+(?: \d+)?|O? ?FIM)|ATE \d+(?: \d+)?|LADO (?:PAR|IMPAR))(?: LADO (?:PAR|IMPAR))?(?= |$)/;

/** Groups the words of one segment. */
export function itemsOf(words: readonly Word[]): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < words.length; ) {
    const next = itemAt(words, at);
    items.push(next);
    at += next.words.length;
  }
  return items;
}

function itemAt(words: readonly Word[], at: number): Item {
  const item = (kind: ItemKind, length: number): Item => ({
    kind,
    words: words.slice(at, at + length),
    value: null,
    marked: false,
  });
  const rest = words.slice(at).map(({ text }) => text);
  // "Rua da Casa", "Rua Q 12", "Praça da Unidade": right behind the type, all is name.
  if (isNameBegun(words, at)) return item('word', 1);
  const line = rest.join(' ');
  const range = RANGE.exec(line);
  if (range) return item('aside', range[0].split(' ').length);
  if (ASIDE.test(`${line} `)) return item('aside', rest.length);
  const none = withoutNumberLength(rest);
  if (none > 0) return item('none', none);
  const unit = unitLength(rest, at > 0 && words.slice(0, at).some(({ text }) => isNumberWord(text)));
  if (unit > 0) return item('unit', unit);
  return numberAt(words, at) ?? item('word', 1);
}

/** True for the first telling word behind a street's type. */
function isNameBegun(words: readonly Word[], at: number): boolean {
  let before = at - 1;
  while (before >= 0 && isParticle(words[before]?.text ?? '') && before > 0) before -= 1;
  return (
    before >= 0 && streetTypeOf(words[before]?.text ?? '') !== null && (before === 0 || isOrdinal(words[before - 1]))
  );
}

function isOrdinal(word: Word | undefined): boolean {
  return word !== undefined && /^\d+º?$/.test(word.text);
}

/** Of `S/N`, `SN`, `SEM NÚMERO`; 0 where it is not there. */
function withoutNumberLength([first = '', second = '', third = '']: readonly string[]): number {
  if (/^(?:SN|S NR?)$/.test(first)) return 1;
  if (first === 'S' && NUMBER_MARKS.has(second)) return 2;
  if (first === 'SEM' && NUMBER_MARKS.has(second)) return 2;
  if (NUMBER_MARKS.has(first) && (second === 'SN' || (second === 'S' && NUMBER_MARKS.has(third))))
    return second === 'SN' ? 2 : 3;
  return 0;
}

function unitLength(rest: readonly string[], behindNumber: boolean): number {
  const [first = '', second = ''] = rest;
  if (GLUED_UNIT.test(first)) return 1;
  if (/^\d{1,2}º?$/.test(first) && FLOORS.has(second)) return 2;
  const valued = UNITS.has(first) ? valuedUnitLength(rest) : 0;
  if (valued > 0) return valued;
  if (behindNumber && BUILDINGS.has(first)) return rest.length;
  return PARTS.has(first) && (behindNumber || rest.length === 1) ? 1 : 0;
}

/** `AP 301`, `CASA Nº 2`, `LOTES 12 E 13`. */
function valuedUnitLength([, second = '', third = '', fourth = '']: readonly string[]): number {
  if (NUMBER_MARKS.has(second) && isUnitValue(third)) return 3;
  if (!isUnitValue(second)) return 0;
  return third === 'E' && isUnitValue(fourth) ? 4 : 2;
}

function isUnitValue(word: string): boolean {
  return /^\d+(?:·\d+)?[A-Z]?$/.test(word) || /^[A-Z]\d*$/.test(word);
}

/** A door behind it may be told by a letter; an O there is a zero that was mistyped, or an ordinal's. */
function isNumberWord(word: string): boolean {
  return /^\d{1,6}[A-NP-Z]?$/.test(word);
}

/** `120`, `120A`, `120-A`, `120/301`, `Nº 120`, `12 E 14`: the first number counts. */
function numberAt(words: readonly Word[], at: number): Item | null {
  const text = (index: number) => words[index]?.text ?? '';
  const marked = NUMBER_MARKS.has(text(at)) && isNumberWord(text(at + 1));
  const first = marked ? at + 1 : at;
  const word = words[first];
  if (!word || !isNumberWord(word.text)) return null;
  if (!marked && !canStandAlone(words, first)) return null;
  let end = first + 1;
  while (words[end]?.joint && /^(?:\d+[A-Z]?|[A-Z])$/.test(text(end))) end += 1;
  // "12-0", "12.O": what was meant is a zero behind it, and another house.
  if (/^[0O]$/.test(text(first + 1))) return null;
  if (
    end === first + 1 &&
    /^[A-DF-NP-Z]$/.test(text(end)) &&
    !isUnitValue(text(end + 1)) &&
    streetTypeOf(text(end)) === null
  )
    end += 1;
  if (text(end) === 'E' && isNumberWord(text(end + 1))) end += 2;
  // House number 0 is no number.
  const value = Number.parseInt(word.text, 10) || null;
  return { kind: value === null ? 'none' : 'number', words: words.slice(at, end), value, marked };
}

/** False for "T-55", "21 de Abril", "2a Travessa". */
function canStandAlone(words: readonly Word[], at: number): boolean {
  const [before, word, next] = [words[at - 1], words[at], words[at + 1]];
  if (isMonthNext(words.slice(at + 1, at + 3).map(({ text }) => text))) return false;
  if (word?.joint === '-' && before && /^[A-Z]{1,3}$/.test(before.text)) return false;
  return !(word && /^\d+[AO]$/.test(word.text) && next && streetTypeOf(next.text) !== null);
}
