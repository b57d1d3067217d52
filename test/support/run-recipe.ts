import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** Pastes every `bash` block of a page into one shell, with the address of the running service in place of the page's. Answers its output, line by line. */
export async function runRecipe(page: string, url: string): Promise<string[]> {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/^```bash\n(.*?)^```/gms)].map(([, code = '']) => code);
  const script = blocks.join('\n').replaceAll('http://127.0.0.1:14000/integrations/cnt', url);
  const { stdout } = await promisify(execFile)('bash', ['-euc', script]);
  return stdout.split('\n').filter(Boolean);
}
