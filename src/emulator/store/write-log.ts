import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from './change.js';

const NEWLINE = 0x0a;

/** What was found in the data folder when the log was opened. */
export interface Opened {
  /** Writes of earlier runs that were put back. */
  replayed: number;
  /** Where the log of another seed was moved to, when there was one. */
  setAsidePath: string | null;
}

/**
 * Every change since the seed, one line per write, in `changes.jsonl`. A line is handed to the operating system with one call before
 * the write is answered: a killed process loses nothing, a power cut may.
 */
export class WriteLog {
  private broken = false;

  private constructor(
    private readonly fd: number,
    private length: number,
  ) {}

  /**
   * Opens the log in the folder and hands its earlier writes to `replay`, oldest first. A torn last line (it was never answered) is
   * dropped; the log of another seed is kept under another name. Errors: a line in the middle that cannot be read.
   */
  static open(dataDir: string, seed: string, replay: (entries: Entry[]) => void): { log: WriteLog; opened: Opened } {
    const path = join(dataDir, 'changes.jsonl');
    const opened: Opened = { replayed: 0, setAsidePath: null };
    const content = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const header = `${JSON.stringify({ format: 1, seed })}\n`;
    const whole = content.lastIndexOf(NEWLINE) + 1;
    if (whole > 0 && content.toString('utf8', 0, content.indexOf(NEWLINE) + 1) !== header) {
      opened.setAsidePath = freeName(dataDir);
      renameSync(path, opened.setAsidePath);
    } else if (whole > 0) {
      for (const line of linesOf(content, Buffer.byteLength(header), whole)) {
        replay(parse(line, path, opened.replayed + 2));
        opened.replayed += 1;
      }
      const log = new WriteLog(openSync(path, 'r+'), whole);
      ftruncateSync(log.fd, whole);
      return { log, opened };
    }
    const log = new WriteLog(openSync(path, 'w'), 0);
    log.append(header);
    return { log, opened };
  }

  /** Errors: when the line cannot be written whole, nothing of it stays. */
  write(entries: Entry[]): void {
    this.append(`${JSON.stringify(entries)}\n`);
  }

  close(): void {
    closeSync(this.fd);
  }

  private append(text: string): void {
    if (this.broken) throw new Error('the log of changes cannot be written');
    const line = Buffer.from(text);
    try {
      const written = writeSync(this.fd, line, 0, line.length, this.length);
      if (written !== line.length) throw new Error('the log of changes was cut short: is the disk full?');
      this.length += written;
    } catch (error) {
      this.broken = true;
      ftruncateSync(this.fd, this.length);
      this.broken = false;
      throw error;
    }
  }
}

function* linesOf(content: Buffer, from: number, to: number): Iterable<string> {
  let start = from;
  while (start < to) {
    const end = content.indexOf(NEWLINE, start);
    yield content.toString('utf8', start, end);
    start = end + 1;
  }
}

function parse(line: string, path: string, lineNumber: number): Entry[] {
  try {
    return JSON.parse(line) as Entry[];
  } catch (cause) {
    throw new Error(`${path} line ${lineNumber} cannot be read`, { cause });
  }
}

function freeName(dataDir: string): string {
  for (let number = 1; ; number++) {
    const path = join(dataDir, `changes-of-another-seed-${number}.jsonl`);
    if (!existsSync(path)) return path;
  }
}
