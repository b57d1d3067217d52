import { readSecretFiles } from '../config/secret-files.js';
import { formatReport } from './report.js';
import { runProbe } from './run-probe.js';

/** Where the command writes. */
export interface Output {
  write(text: string): unknown;
}

/**
 * `npm run probe`: is the OZmap at OZMAP_URL as this service assumes, asked with OZMAP_TOKEN. Only these two variables (and OZMAP_TOKEN_FILE) are
 * looked at, so that it can be run before anything else is configured.
 *
 * Answers the exit code: 0 when it ran, whatever it found; 1 when OZmap cannot be reached or refuses the token.
 */
export async function probeCommand(given: NodeJS.ProcessEnv, out: Output): Promise<number> {
  const { env, faults } = readSecretFiles(given, ['OZMAP_TOKEN']);
  const url = env.OZMAP_URL?.trim();
  const token = env.OZMAP_TOKEN?.trim();
  if (!url || !token || !URL.canParse(url)) {
    const set = 'Set OZMAP_URL (https://customer.example:9994) and OZMAP_TOKEN to the OZmap to ask.';
    out.write([...faults.values(), set].map((line) => `${line}\n`).join(''));
    return 1;
  }
  const report = await runProbe({ url, token });
  out.write(formatReport(report));
  return report.state === 'ran' ? 0 : 1;
}
