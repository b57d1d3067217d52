import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Takes the data folder for this process alone; the kernel gives it back when the process ends, however it ends.
 * Not for network file systems. Errors: names the folder when another process holds it.
 */
export function lockFolder(dataDir: string): { release(): void } {
  const lock = new DatabaseSync(join(dataDir, 'emulator.lock'), { timeout: 0 });
  try {
    lock.exec('pragma locking_mode=exclusive; pragma journal_mode=delete; begin exclusive');
  } catch (cause) {
    lock.close();
    throw new Error(`another process is using the embedded OZmap's data folder ${dataDir}`, { cause });
  }
  return { release: () => lock.close() };
}
