import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker.js?worker';
import JsonWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker';
import GraphqlWorker from 'monaco-graphql/esm/graphql.worker.js?worker';

const WORKERS: Readonly<Record<string, new () => Worker>> = { json: JsonWorker, graphql: GraphqlWorker };

/** The editor's checks run beside the page, in workers of our own files. */
Object.assign(globalThis, {
  MonacoEnvironment: { getWorker: (_id: string, label: string) => new (WORKERS[label] ?? EditorWorker)() },
});
