/** What leads from `.js` to `.ts`; may be taken away once all that is needed is loaded. */
export const hooks: { deregister(): void };
