import { readFileSync, writeFileSync } from 'node:fs';
import type { Table } from './rig.js';

const FILE = new URL('../results.json', import.meta.url);

/** The tables of the last whole run. */
export function lastResults(): Record<string, Table> {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8'));
  } catch {
    return {};
  }
}

/** Prints a table and, with `BENCH_WRITE`, keeps it in bench/results.json in place of the one with its title. */
export function finish(table: Table, markdown: (table: Table) => string): void {
  process.stdout.write(`${markdown(table)}\n`);
  if (!process.env.BENCH_WRITE) return;
  writeFileSync(FILE, `${JSON.stringify({ ...lastResults(), [table.title]: table }, null, 2)}\n`);
}
