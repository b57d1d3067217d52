import { distance as levenshtein } from 'fastest-levenshtein';
import { isCode, isTitle } from '../../reader/words.js';
import type { StreetName } from './street-name.js';

/** What it costs to leave a word out, by its letters; a title is left out at will. */
const TITLE_WEIGHT = 1.5;
const TITLE_SHARE = 0.4;
const LEAST_WEIGHT = 2;
/** Letters and digits that name a street as words do. */
const CODE_WEIGHT = 4;
const INITIAL_COST = 0.15;
const BEGINNING_COST = 0.12;
/** "Santa Rita" may be short for "Santa Rita de Cássia", or another street: never as good as a name of as many words. */
const PART_OF_A_NAME = 0.81;
const SOUNDS_ALIKE_COST = 0.04;

/** A name as the index keeps it. */
export interface KnownName extends StreetName {
  /** The source cuts names at a fixed width: the last word may lack its end, and words after it may be missing. */
  cut: boolean;
}

/**
 * How alike two names are, from 0 to 1 (the same words). Words are aligned in order: a misspelt word costs by its share of wrong
 * letters, an initial or a beginning (`F.` for `FERREIRA`) a little, a word on one side only by its length.
 */
export function similarity(asked: StreetName, known: KnownName): number {
  const numbers = compareNumbers(asked.words, known.words);
  if (numbers === 'others') return 0;
  const columns = known.words.length + 1;
  const costs = new Float64Array((asked.words.length + 1) * columns);
  // "João César" for "João César de Oliveira": a name cut short is common where two words of it are left.
  const knownOnlyShare = asked.words.length > 1 ? 0.4 : 0.8;
  const at = (row: number, column: number) => costs[row * columns + column] ?? Number.POSITIVE_INFINITY;
  const knownOnlyCost = (column: number) => weightOf(known.words[column]) * knownOnlyShare;
  for (let column = 1; column < columns; column += 1) {
    costs[column] = at(0, column - 1) + knownOnlyCost(column - 1);
  }
  for (let row = 1; row <= asked.words.length; row += 1) {
    costs[row * columns] = at(row - 1, 0) + askedOnlyCost(asked, row - 1, known, 0);
    for (let column = 1; column < columns; column += 1) {
      costs[row * columns + column] = Math.min(
        at(row - 1, column) + askedOnlyCost(asked, row - 1, known, column),
        at(row, column - 1) + knownOnlyCost(column - 1),
        at(row - 1, column - 1) + pairCost(asked, row - 1, known, column - 1),
      );
    }
  }
  const total = Math.max(sum(asked.words), sum(known.words));
  const likeness = Math.max(0, 1 - at(asked.words.length, columns - 1) / total);
  if (numbers === 'same' && saysTheSame(asked, known)) return likeness;
  return Math.max(Math.min(likeness, PART_OF_A_NAME), togetherLikeness(asked, known));
}

/** Numbers are not misspelt into each other: "2ª Travessa São José" is no "3ª Travessa São José", but may be meant by "Travessa São José". */
function compareNumbers(asked: readonly string[], known: readonly string[]): 'same' | 'fewer' | 'others' {
  const [a, b] = [asked, known].map((words) => words.filter((word) => /\d/.test(word)).join(' '));
  if (a === b) return 'same';
  return a === '' || b === '' ? 'fewer' : 'others';
}

/** Of names that differ in blanks: "Mogimirim" and "Mogi-Mirim", "Bentevi" and "Bem-te-vi"; 0 for short ones and those with numbers. */
function togetherLikeness(asked: StreetName, known: KnownName): number {
  if (asked.words.length === known.words.length) return 0;
  const [a, b] = [asked.sounds.join(''), known.sounds.join('')];
  if (Math.min(a.length, b.length) < 6 || Math.abs(a.length - b.length) > 1 || /\d/.test(a + b)) return 0;
  return 1 - wrongLetters(a, b) / Math.max(a.length, b.length);
}

/** True when neither name has words, other than titles, that the other one lacks. */
function saysTheSame(asked: StreetName, known: KnownName): boolean {
  const [askedCount, knownCount] = [asked, known].map(({ words }) => words.filter((word) => !isTitle(word)).length);
  return askedCount === knownCount || (known.cut && Number(askedCount) > Number(knownCount));
}

function askedOnlyCost(asked: StreetName, row: number, known: KnownName, column: number): number {
  const word = asked.words[row] ?? '';
  const cost = weightOf(word) * (isTitle(word) ? TITLE_SHARE : 1);
  const afterTheCut = known.cut && column === known.words.length;
  return afterTheCut ? cost * 0.15 : cost;
}

function pairCost(asked: StreetName, row: number, known: KnownName, column: number): number {
  const [a = '', b = ''] = [asked.words[row], known.words[column]];
  if (a === b) return 0;
  const weight = Math.max(weightOf(a), weightOf(b));
  const [soundA = '', soundB = ''] = [asked.sounds[row], known.sounds[column]];
  if (soundA === soundB) return weight * SOUNDS_ALIKE_COST;
  // "Conjunto A" is not nearly "Conjunto C", nor "Rua 34" nearly "Rua 35"; but `F.` may stand for `FERREIRA`.
  if (/\d/.test(a + b) || (isCode(a) && isCode(b))) return weight * 2;
  const cutHere = known.cut && column === known.words.length - 1;
  if (cutHere && a.startsWith(b)) return weight * 0.02;
  return (
    weight *
    misspeltShare([a, b], wrongLetters(soundA, soundB) / Math.max(soundA.length, soundB.length), {
      askedOfOne: asked.words.length === 1,
      knownOfOne: known.words.length === 1,
    })
  );
}

/** What part of its weight a word costs that is written otherwise; `wrong`: the share of its letters that are. */
function misspeltShare(
  [a, b]: readonly [asked: string, known: string],
  wrong: number,
  { askedOfOne, knownOfOne }: { askedOfOne: boolean; knownOfOne: boolean },
): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const isBeginning = long.startsWith(short);
  if (short.length === 1) return isBeginning && !(askedOfOne && knownOfOne) ? INITIAL_COST : 2;
  // People shorten words; that a source shortens a single word is less likely than that it is another one ("Sol", "Soledade").
  if (isBeginning && short.length >= 3 && (short === a || !knownOfOne)) return Math.min(wrong, BEGINNING_COST);
  // Beyond half of its letters it is another word, not a misspelt one.
  return wrong > 0.5 ? 2 : wrong;
}

/** Edits from one word to the other; two letters that changed places are one mistake, as they are on a keyboard. */
function wrongLetters(a: string, b: string): number {
  const edits = levenshtein(a, b);
  if (edits !== 2 || a.length !== b.length) return edits;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return a[at] === b[at + 1] && a[at + 1] === b[at] ? 1 : 2;
}

function weightOf(word: string | undefined): number {
  if (!word) return 0;
  if (isTitle(word)) return TITLE_WEIGHT;
  return isCode(word) ? CODE_WEIGHT : Math.max(LEAST_WEIGHT, word.length);
}

function sum(words: readonly string[]): number {
  return words.reduce((total, word) => total + weightOf(word), 0);
}
