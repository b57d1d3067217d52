// Asks the registry for known faults of what the service runs on, and says so where the registry does not answer: not every mirror can.
// It only reports: an advisory of today is no fault of the change at hand.
import { execFile } from 'node:child_process';

const WAIT_MS = 15_000;
const args = ['audit', '--omit=dev', '--json', '--fetch-timeout=5000', '--fetch-retries=0'];

execFile('npm', args, { timeout: WAIT_MS, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout) => {
  const found = vulnerabilitiesIn(stdout);
  if (!found) return say('advisories: not checked, the registry does not answer such a question\n');
  const rows = Object.values(found).map(({ name, severity, range }) => `  ${severity}: ${name} ${range}\n`);
  say(`advisories: ${rows.length} packages with known faults\n${rows.join('')}`);
});

/** Null for anything but the report of an audit. */
function vulnerabilitiesIn(text) {
  try {
    return JSON.parse(text).vulnerabilities ?? null;
  } catch {
    return null;
  }
}

function say(text) {
  process.stdout.write(text);
}
