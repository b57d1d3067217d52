import { randomBytes } from 'node:crypto';

let lastMs = 0;
let sequence = 0;

/**
 * A UUID of version 7 (RFC 9562): sorts by time of making, also within one millisecond of one process, so that an operation's id is
 * its place in the journal.
 */
export function newId(): string {
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    sequence = 0;
  } else if (sequence < 0xfff) {
    sequence += 1;
  } else {
    lastMs += 1;
    sequence = 0;
  }
  const random = randomBytes(8);
  random.writeUInt8((random.readUInt8(0) & 0x3f) | 0x80, 0);
  const hex =
    lastMs.toString(16).padStart(12, '0') + (0x7000 | sequence).toString(16).padStart(4, '0') + random.toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Sorts after all ids that were made before a time, `byMs` later or earlier, and before all others. */
export function idAt(time: Date, byMs: number): string {
  const ms = Math.min(Math.max(0, time.getTime() + byMs), 2 ** 48 - 1);
  return ms
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})(.{4})$/, '$1-$2-0000-0000-000000000000');
}

/** True for text that may be an operation's id; anything else is simply not there. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
