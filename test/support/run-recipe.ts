import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** All `bash` blocks of a page, with the address of the running service in place of the page's. */
export function bashOf(page: string, url: string): string {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/^```bash\n(.*?)^```/gms)].map(([, code = '']) => code);
  return blocks.join('\n').replaceAll('http://127.0.0.1:14000/integrations/cnt', url);
}

/** Pastes every `bash` block of a page into one shell. Answers its output, line by line. */
export async function runRecipe(page: string, url: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('bash', ['-euc', bashOf(page, url)]);
  return stdout.split('\n').filter(Boolean);
}
