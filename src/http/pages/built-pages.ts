import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A page as it is sent. */
export interface BuiltPage {
  html: Buffer;
  etag: string;
}

/** Beside the built service (dist/http/pages), and as seen from its sources (src/http/pages). */
const FOLDERS = ['../../web', '../../../dist/web'].map((folder) => join(import.meta.dirname, folder));

/** The folder that the pages were built into; null where nobody built them. */
export function builtPages(): string | null {
  return FOLDERS.find((folder) => existsSync(join(folder, 'assets'))) ?? null;
}

/** A page of that folder; null where it was not built. */
export function builtPage(folder: string, name: string): BuiltPage | null {
  const file = join(folder, `${name}.html`);
  if (!existsSync(file)) return null;
  const html = readFileSync(file);
  return { html, etag: `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"` };
}
