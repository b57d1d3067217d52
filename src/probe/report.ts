import type { ProbeLine, ProbeReport } from './run-probe.js';

/** The report as people read it: one line for each assumption, then a count. */
export function formatReport(report: ProbeReport): string {
  if (report.state !== 'ran')
    return report.state === 'unreachable'
      ? `OZmap cannot be reached: ${report.why}\n`
      : `OZmap is there, but lets nobody in: ${report.why}\n`;
  const count = (verdict: ProbeLine['verdict']): number =>
    report.lines.filter((line) => line.verdict === verdict).length;
  return [
    ...report.lines.map(formatLine),
    '',
    `${count('holds')} hold, ${count('differs')} differ, ${count('cannot be told by reading')} cannot be told by reading; ${report.asked} questions, nothing was changed.`,
    '',
  ].join('\n');
}

function formatLine({ number, assumption, verdict, how }: ProbeLine): string {
  return `${(number ?? '+').toString().padStart(2)}  ${assumption}: ${verdict} (${how})`;
}
