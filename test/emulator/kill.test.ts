import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../support/start-emulator.js';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const PARALLEL = 8;
/** Writes before the kill; more are on their way when it comes. */
const ENOUGH = 60;

let dataDir: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'emulator-kill-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(dataDir, { recursive: true });
});

async function startChild(): Promise<string> {
  const flags = ['--experimental-transform-types', '--no-warnings', '--import', here('run-typescript.mjs')];
  child = spawn(process.execPath, [...flags, here('emulator-child.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('no output');
  const [line] = await once(child.stdout, 'data');
  return String(line).trim();
}

/** Writes until the emulator is gone; what comes back was answered. */
async function writeUntilGone(url: string, lane: string, acknowledged: string[]): Promise<void> {
  for (let i = 0; ; i++) {
    const code = `${lane}-${i}`;
    try {
      const body = JSON.stringify({ code });
      const answer = await fetch(`${url}/api/v2/ftth-clients`, {
        method: 'POST',
        headers: { authorization: 'demo' },
        body,
      });
      if (answer.status === 201) acknowledged.push(code);
    } catch {
      return;
    }
  }
}

describe('an emulator that is killed while it writes', () => {
  it('has everything that it answered 201 when it comes back, and lets nobody else in while it lives', async () => {
    const acknowledged: string[] = [];
    for (const round of ['first', 'second']) {
      const url = await startChild();
      const before = acknowledged.length;
      const lanes = Array.from({ length: PARALLEL }, (_, lane) =>
        writeUntilGone(url, `${round}-${lane}`, acknowledged),
      );
      while (acknowledged.length - before < ENOUGH) await sleep(5);
      await expect(startTestEmulator({ dataDir })).rejects.toThrow('another process');
      child?.kill('SIGKILL');
      await Promise.all(lanes);
    }
    const emulator = await startTestEmulator({ dataDir });
    try {
      const { body } = await emulator.api<{ rows: { code: string }[] }>('GET', 'ftth-clients?limit=-1&select=code');
      const codes = new Set(body.rows.map(({ code }) => code));
      expect(acknowledged.filter((code) => !codes.has(code))).toEqual([]);
    } finally {
      await emulator.stop();
    }
  });
});
