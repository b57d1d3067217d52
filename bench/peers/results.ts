import { readFileSync, writeFileSync } from 'node:fs';
import type { Table } from './rig.js';

/** Tables by title; none where the file is not there yet. */
export function readTables(file: string): Record<string, Table> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/** Prints a table and, where `BENCH_RESULTS` names a file, keeps it there in place of the one with its title. */
export function finish(table: Table, markdown: (table: Table) => string): void {
  process.stdout.write(`${markdown(table)}\n`);
  const file = process.env.BENCH_RESULTS;
  if (!file) return;
  writeFileSync(file, `${JSON.stringify({ ...readTables(file), [table.title]: table }, null, 2)}\n`);
}
