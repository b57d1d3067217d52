import type { Counts } from './counts.js';

/** What a run was, and what came of it. */
export interface ChaosReport {
  seed: number;
  engine: string;
  lifecycles: number;
  commands: number;
  applied: Counts;
  refused: Counts;
  askedAgain: Counts;
  resolved: number;
  longestS: number;
  struck: Counts;
  kills: number;
  operations: Counts;
  ozmapRequests: number;
  stormyS: number;
  seconds: number;
  violations: string[];
  /** Of the journal, whatever the violations name. */
  histories: string[];
}

const SHOWN_VIOLATIONS = 25;

export function reportText(report: ChaosReport): string {
  const { violations } = report;
  const lines: [string, string | number][] = [
    ['seed', report.seed],
    ['journal on', report.engine],
    ['lifecycles', report.lifecycles],
    ['commands', report.commands],
    ['  applied', `${report.applied.total}: ${report.applied}`],
    ['  refused', `${report.refused.total}: ${report.refused}`],
    ['asked again', `${report.askedAgain.total}: ${report.askedAgain}`],
    ['in doubt, resolved', report.resolved],
    ['longest wait, s', Math.round(report.longestS)],
    ['faults struck', `${report.struck.total}: ${report.struck}`],
    ['kill -9', report.kills],
    ['operations', `${report.operations.total}: ${report.operations}`],
    ['requests to OZmap', report.ozmapRequests],
    ['seconds of storm', Math.round(report.stormyS)],
    ['seconds', Math.round(report.seconds)],
    ['violations', violations.length],
  ];
  const counts = lines.map(([name, value]) => `${name.padEnd(20)}${value}`);
  return [
    ...counts,
    ...violations.slice(0, SHOWN_VIOLATIONS).map((violation) => `  ! ${violation}`),
    ...report.histories.map((line) => `    ${line}`),
    '',
  ].join('\n');
}
