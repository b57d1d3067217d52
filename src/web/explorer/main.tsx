/** @jsxImportSource react */
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { exampleGroups } from './examples.js';
import { createExamplesPlugin } from './examples-plugin.js';
import { createMemory } from './memory.js';
import type { Demo } from './variables.js';
import './workers.js';

/** `explorer/config.json`. */
interface ExplorerConfig {
  /** Path of the GraphQL endpoint. */
  endpoint: string;
  query: string;
  /** Of the demo; never a real one. */
  token: string | null;
  demo: Demo | null;
}

const WIDE = matchMedia('(min-width: 60rem)').matches;

async function start(root: HTMLElement): Promise<void> {
  const response = await fetch('explorer/config.json');
  const { endpoint, query, token, demo } = (await response.json()) as ExplorerConfig;
  const link = new URLSearchParams(location.search);
  const examples = createExamplesPlugin(exampleGroups(demo));
  createRoot(root).render(
    <GraphiQL
      fetcher={async (params, { headers = {} } = {}) => {
        const answer = await fetch(endpoint, {
          method: 'POST',
          credentials: 'omit',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(params),
        });
        return answer.json();
      }}
      // A link opens a query, and no more: it is not sent, and headers are the reader's own affair.
      initialQuery={link.get('query') ?? query}
      initialVariables={link.get('variables') ?? ''}
      initialHeaders={JSON.stringify({ Authorization: token ?? '' }, null, 2)}
      defaultHeaders={JSON.stringify({ Authorization: token ?? '' }, null, 2)}
      plugins={[examples, HISTORY_PLUGIN]}
      {...(WIDE && { visiblePlugin: examples })}
      storage={createMemory()}
      shouldPersistHeaders={false}
      showPersistHeadersSettings={false}
      defaultEditorToolsVisibility={token === null ? 'headers' : 'variables'}
    >
      <GraphiQL.Logo>
        <span className="logo">OZmap for CNT</span>
      </GraphiQL.Logo>
    </GraphiQL>,
  );
}

const root = document.getElementById('app');
if (root) void start(root);
