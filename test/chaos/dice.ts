import { createRandom } from '../../src/city/generate.js';

/** Chance with a seed: the same seed makes the same choices, as long as the same questions are asked. */
export interface Dice {
  /** A number from `from` up to, not including, `to`. */
  between(from: number, to: number): number;
  /** The same, whole, `to` included. */
  int(from: number, to: number): number;
  /** True in so many of 1. */
  chance(of: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** Dice of its own for each lifecycle, so that one does not depend on how fast another was. */
  forNumber(number: number): Dice;
}

export function createDice(seed: number): Dice {
  const random = createRandom(seed);
  const between = (from: number, to: number) => from + random() * (to - from);
  const int = (from: number, to: number) => Math.floor(between(from, to + 1));
  return {
    between,
    int,
    chance: (of) => random() < of,
    pick: <T>(list: readonly T[]) => {
      if (list.length === 0) throw new Error('nothing to pick from');
      return list[int(0, list.length - 1)] as T;
    },
    forNumber: (number) => createDice(Math.imul(seed + 1, 0x9e3779b1) + number),
  };
}
