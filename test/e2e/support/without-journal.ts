import type { BrowserContext } from 'playwright-core';

/** For a subgraph that knows neither idempotency keys nor operations: takes them out of what the page asks. */
export async function withoutJournal(context: BrowserContext, endpoint: string): Promise<void> {
  await context.route(endpoint, (route) => {
    const { query, variables, ...rest } = route.request().postDataJSON() as {
      query: string;
      variables: { input?: Record<string, unknown> };
    };
    delete variables.input?.idempotencyKey;
    return route.fallback({
      postData: JSON.stringify({ ...rest, variables, query: query.replace(/^\s*operation \{[^}]*\}/gm, '') }),
    });
  });
}
