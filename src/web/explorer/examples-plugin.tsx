/** @jsxImportSource react */
import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { Example, ExampleGroup } from './examples.js';

/** A tree of examples beside the editor: a click opens one in a tab of its own. */
export function createExamplesPlugin(groups: readonly ExampleGroup[]): GraphiQLPlugin {
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
