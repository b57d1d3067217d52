import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { declaredState, MISSING, stateMeaning } from '../../src/domain/declared-state.js';

const RECIPE = readFileSync(join(import.meta.dirname, '../../docs/recipes/declare-a-contract.md'), 'utf8');
/** `| 300 to 399, but 304 | `BLOCKED` |` of the recipe: first, last, the one that is left out, and what it means. */
const RANGES = [...RECIPE.matchAll(/^\| (\d+)(?: to (\d+))?(?:, but (\d+))? \| `(\w+)` \|$/gm)].map(
  ([, from, to, but, state = '']) => ({ from: Number(from), to: Number(to ?? from), but: Number(but), state }),
);

describe('CNT’s number of a state', () => {
  it('means from 1 to 399 what docs/recipes/declare-a-contract.md says, and nothing elsewhere', () => {
    expect(RANGES).toHaveLength(4);
    for (let number = 0; number <= 1_000; number += 1) {
      const [said, ...more] = RANGES.filter(({ from, to, but }) => from <= number && number <= to && number !== but);
      expect(more, `${number} in the recipe`).toEqual([]);
      const read = () => declaredState(String(number), []);
      if (said) expect(read(), String(number)).toBe(said.state);
      else expect(read, String(number)).toThrow('neither a state nor a number');
    }
  });

  it.each<[number, string]>([
    [199, 'ENDED'],
    [200, 'ACTIVE'],
    [299, 'ACTIVE'],
    [300, 'BLOCKED'],
    [303, 'BLOCKED'],
    [304, 'AWAITING_ACTIVATION'],
    [305, 'BLOCKED'],
    [399, 'BLOCKED'],
  ])('at the edge: %i is %s', (number, state) => expect(declaredState(String(number), [])).toBe(state));

  it('means what CNT_STATES says first', () => {
    const meanings = ['304=BLOCKED', '400-499=ENDED', 'suspenso=BLOCKED'].map((pair) => {
      const meaning = stateMeaning(pair);
      if (!meaning) throw new Error(pair);
      return meaning;
    });
    expect(['304', '303', '450', ' Suspenso '].map((said) => declaredState(said, meanings))).toEqual([
      ...['BLOCKED', 'BLOCKED', 'ENDED', 'BLOCKED'],
    ]);
  });
});

describe('The table of the recipe', () => {
  it('has every state that can be declared', () => {
    const rows = [...RECIPE.matchAll(/^\| `(\w+)` \|.*\|.*\|.*\|$/gm)].map(([, state]) => state);
    expect(rows.sort()).toEqual(Object.keys(MISSING).sort());
  });
});
