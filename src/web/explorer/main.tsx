/** @jsxImportSource react */
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { GraphiQL } from 'graphiql';
import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker.js?worker';
import JsonWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker';
import GraphqlWorker from 'monaco-graphql/esm/graphql.worker.js?worker';
import { createRoot } from 'react-dom/client';
import { type Example, type ExampleGroup, exampleGroups } from './examples.js';
import type { Demo } from './variables.js';

const WORKERS: Readonly<Record<string, new () => Worker>> = { json: JsonWorker, graphql: GraphqlWorker };

/** The editor's checks run beside the page, in workers of our own files. */
Object.assign(globalThis, {
  MonacoEnvironment: { getWorker: (_id: string, label: string) => new (WORKERS[label] ?? EditorWorker)() },
});

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
  // Whoever asks in CNT is written into the journal: here to be seen and filled in.
  const headers = JSON.stringify(
    { Authorization: token ?? '', 'X-CNT-User': token === null ? '' : 'explorer' },
    null,
    2,
  );
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
      initialHeaders={headers}
      defaultHeaders={headers}
      plugins={[examples, HISTORY_PLUGIN]}
      {...(WIDE && { visiblePlugin: examples })}
      storage={createMemory()}
      shouldPersistHeaders={false}
      showPersistHeadersSettings={false}
      defaultEditorToolsVisibility={token === null ? 'headers' : 'variables'}
    >
      <GraphiQL.Logo>
        <nav className="places" aria-label="Places">
          <span className="logo">OZmap for CNT</span>
          <a href="ozloc">Map</a>
          <a href="logs">Log</a>
          <a href="v1/openapi.json">OpenAPI</a>
        </nav>
      </GraphiQL.Logo>
    </GraphiQL>,
  );
}

/** A tree of examples beside the editor: a click opens one in a tab of its own. */
function createExamplesPlugin(groups: readonly ExampleGroup[]): GraphiQLPlugin {
  return {
    title: 'Examples',
    icon: () => (
      <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
        <path d="M4 5h6M4 5v14h6M4 12h6M13 5h7M13 12h7M13 19h7" />
      </svg>
    ),
    content: () => <Examples groups={groups} />,
  };
}

function Examples({ groups }: { groups: readonly ExampleGroup[] }) {
  const { queryEditor, variableEditor } = useGraphiQL((state) => state);
  const { addTab } = useGraphiQLActions();
  const open = ({ query, variables }: Example) => {
    addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
  };
  return (
    <section className="examples" aria-label="Examples">
      <h2>Examples</h2>
      {groups.map(({ name, examples }) => (
        <details key={name} open>
          <summary>{name}</summary>
          <ul>
            {examples.map((example) => (
              <li key={example.name}>
                <button type="button" onClick={() => open(example)}>
                  {example.name}
                  {example.kind === 'mutation' && <span className="example-kind">mutation</span>}
                </button>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

/** Takes the place of the browser's own storage: tokens and customers' data are gone with the page. */
function createMemory(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
    clear: () => items.clear(),
  };
}

const root = document.getElementById('app');
if (root) void start(root);
