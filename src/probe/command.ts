import { formatReport } from './report.js';
import { runProbe } from './run-probe.js';

/** Where the command writes. */
export interface Output {
  write(text: string): unknown;
}

/**
 * `npm run probe`: is the OZmap at OZMAP_URL as this service assumes, asked with OZMAP_TOKEN. Only these two variables are looked at, so
 * that it can be run before anything else is configured.
 *
 * Answers the exit code: 0 when it ran, whatever it found; 1 when OZmap cannot be reached or refuses the token.
 */
export async function probeCommand(env: NodeJS.ProcessEnv, out: Output): Promise<number> {
  const url = env.OZMAP_URL?.trim();
  const token = env.OZMAP_TOKEN?.trim();
  if (!url || !token || !URL.canParse(url)) {
    out.write('Set OZMAP_URL (https://customer.example:9994) and OZMAP_TOKEN to the OZmap to ask.\n');
    return 1;
  }
  const report = await runProbe({ url, token });
  out.write(formatReport(report));
  return report.state === 'ran' ? 0 : 1;
}
