import type { Journal } from './journal.js';

/** The journal's shape without its memory: sends each write as it comes. */
export const passThroughJournal: Journal = {
  async record(_request, run) {
    const outcome = await run({
      operationId: null,
      step: async (_name, write) => (await write.send()).value,
      inProject: () => {},
      note: () => {},
    });
    return { state: 'APPLIED', outcome, operationId: null };
  },
};
