import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WARNING_CODES } from '../../src/domain/operation.js';
import { AppError, CONFLICT_REASONS, ERROR_CODES, type ErrorCode } from '../../src/errors/app-error.js';
import { toProblem } from '../../src/errors/messages.js';

const text = readFileSync('docs/errors.md', 'utf8');

/** Rows of the table under a heading: cells without backticks. */
function table(heading: string): string[][] {
  const section = text.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const firstColumn = (heading: string) => table(heading).map(([cell = '']) => cell.replaceAll('`', ''));

class AnyError extends AppError {
  constructor(readonly code: ErrorCode) {
    super('any');
  }
}

describe('docs/errors.md', () => {
  it('explains every code, and no other', () => {
    expect(firstColumn('Where a code appears').sort()).toEqual([...ERROR_CODES].sort());
  });

  it('explains every reason, and no other', () => {
    expect(firstColumn('Reasons of a conflict').sort()).toEqual([...CONFLICT_REASONS].sort());
  });

  it('explains every warning, and no other', () => {
    expect(firstColumn('Warnings').sort()).toEqual([...WARNING_CODES].sort());
  });

  it('says rightly which codes are data in a payload', () => {
    const said = table('Where a code appears').filter(([, problem]) => problem === 'yes');
    const isData = (code: ErrorCode) => {
      try {
        return toProblem(new AnyError(code)).code === code;
      } catch {
        return false;
      }
    };
    const data = ERROR_CODES.filter(isData);
    expect(said.map(([code = '']) => code.replaceAll('`', '')).sort()).toEqual([...data].sort());
  });
});
