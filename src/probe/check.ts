import type { Evidence } from './evidence.js';

/** What the probe found out about one assumption. */
export interface Finding {
  verdict: 'holds' | 'differs' | 'cannot be told by reading';
  /** What was seen, or why nothing could be. */
  how: string;
}

/** One assumption about OZmap, and how to ask about it without changing anything. */
export interface Check {
  /** The row in the reference's table of open questions; null for what the client relies on beside them. */
  number: number | null;
  assumption: string;
  look(evidence: Evidence): Promise<Finding>;
}

export const holds = (how: string): Finding => ({ verdict: 'holds', how });
export const differs = (how: string): Finding => ({ verdict: 'differs', how });
export const cannotTell = (how: string): Finding => ({ verdict: 'cannot be told by reading', how });
