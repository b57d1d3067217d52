import { execFileSync } from 'node:child_process';

/** The one thing that tests may go on without, whatever REQUIRE_ALL says: a PHP is no part of what is built here. `otherwise`: what is not tried. */
export function hasPhp(otherwise: string): boolean {
  try {
    execFileSync('php', ['--version']);
    return true;
  } catch {
    process.stderr.write(`not defined: ${otherwise}, because there is no php\n`);
    return false;
  }
}
