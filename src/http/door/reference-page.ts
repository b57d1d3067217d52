import { createHash } from 'node:crypto';
import type { Language } from '../../errors/sentences/sentence-for.js';

type Json = Record<string, unknown>;

interface Operation {
  operationId: string;
  summary: string;
  parameters: { name: string; in: string; required: boolean; description: string; schema: Json }[];
  requestBody?: { content: Record<string, { schema: { required?: string[]; properties: Record<string, Json> } }> };
  responses: Record<string, { content: Record<string, { schema?: { properties?: Record<string, Json> } }> }>;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #16222c; --muted: #4f5e6a; --line: #d9dfe3; --soft: #e2f0f0; --accent: #0b5c63; --ground: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf2; --muted: #a9b7c2; --line: #2b3945; --soft: #14292c; --accent: #63c7c7; --ground: #0e151b; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; }
a { color: var(--accent); }
p, td { overflow-wrap: anywhere; }
td:first-child { min-width: 8rem; }
.muted, th { color: var(--muted); font-weight: 400; }
details { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; }
summary { cursor: pointer; padding: .6rem .8rem; }
summary code { font-size: 1rem; }
summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 8px; }
.says { display: block; }
.method { display: inline-block; min-width: 3.6rem; font-weight: 600; color: var(--accent); }
.inside { padding: 0 .8rem .8rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-top: 1px solid var(--line); }
.places { list-style: none; padding: 0; margin: 1.5rem 0; display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); }
.places a { display: block; height: 100%; padding: .9rem 1rem; border: 1px solid var(--line); border-radius: 8px; color: inherit; text-decoration: none; }
.places a:hover { border-color: var(--accent); background: var(--soft); }
.places a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.places strong { display: block; color: var(--accent); }
pre { background: var(--soft); border-radius: 8px; padding: .6rem .8rem; overflow-x: auto; }
`;

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = { 'content-security-policy': POLICY, 'referrer-policy': 'no-referrer', 'cache-control': 'no-cache' };

/** Without a script, and without a request to anybody. */
function page(lang: string, title: string, body: string): string {
  return `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body>
<h1>${title}</h1>
${body}
</body>
</html>`;
}

const PLACES_HERE = {
  pt: {
    lang: 'pt-BR',
    title: 'OZmap para CNT',
    intro: 'A integração entre o CNT e a rede no OZmap está no ar. O que há aqui:',
    map: ['Mapa', 'Viabilidade de um endereço, reserva de porta, drop.'],
    logs: ['Registro de operações', 'O que aconteceu com cada contrato.'],
    graphql: ['GraphQL', 'O explorador: consultas e comandos, com exemplos.'],
    http: ['HTTP simples', 'A API sem GraphQL, rota por rota.'],
    health: ['Saúde', 'Se o serviço está pronto, e o que lhe falta.'],
  },
  en: {
    lang: 'en',
    title: 'OZmap for CNT',
    intro: 'The integration between CNT and the network in OZmap is running. What is here:',
    map: ['Map', 'Viability of an address, reservation of a port, drop.'],
    logs: ['Operations log', 'What happened to each contract.'],
    graphql: ['GraphQL', 'The explorer: queries and mutations, with examples.'],
    http: ['Plain HTTP', 'The API without GraphQL, route by route. In Portuguese.'],
    health: ['Health', 'Whether the service is ready, and what it lacks.'],
  },
} as const;

/** What a browser can open here, by its address. */
export type PlacesHere = Partial<Record<'map' | 'logs' | 'graphql' | 'http' | 'health', string>>;

/** For whoever opens the service's address in a browser. */
export function frontPage(places: PlacesHere, language: Language): { html: string; headers: Record<string, string> } {
  const words = PLACES_HERE[language];
  const items = Object.entries(places).map(([name, url]) => {
    const [title, says] = words[name as keyof PlacesHere];
    return `<li><a href="${url}"><strong>${title}</strong><span class="muted">${says}</span></a></li>`;
  });
  const body = `<p>${words.intro}</p>\n<main><ul class="places">${items.join('\n')}</ul></main>`;
  return { html: page(words.lang, words.title, body), headers: HEADERS };
}

/** What `openapi.json` says, for people to read. `url`: of the routes, absolute. */
export function referencePage(openApi: Json, url: string): { html: string; headers: Record<string, string> } {
  const routes = Object.entries(openApi.paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => routeOf(method.toUpperCase(), path, operation, url)),
  );
  const body = `<p>HTTP simples ao lado do GraphQL: JSON ou formulário, UTF-8 ou ISO-8859-1. Endereço: <code>${escaped(url)}</code>. Cabeçalho <code>Authorization</code>: o token do OZmap. Recusas: <code>application/problem+json</code>.</p>
<p>Para geradores: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<main>${routes.join('\n')}</main>`;
  return { html: page('pt-BR', 'OZmap para CNT: API v1', body), headers: HEADERS };
}

function routeOf(
  method: string,
  path: string,
  { summary, parameters, requestBody, responses }: Operation,
  url: string,
) {
  const body = Object.values(requestBody?.content ?? {})[0]?.schema;
  const answer = Object.entries(responses).find(([status]) => /^2/.test(status) && status !== '202')?.[1];
  const fields = Object.values(answer?.content ?? {})[0]?.schema?.properties ?? {};
  const taken = [
    ...parameters.map((one) => ({ ...one, place: PLACES[one.in] ?? one.in })),
    ...Object.entries(body?.properties ?? {}).map(([name, schema]) => ({
      name,
      schema,
      place: 'corpo',
      required: body?.required?.includes(name) ?? false,
      description: String(schema.description ?? ''),
    })),
  ];
  return `<details>
<summary><span class="method">${method}</span> <code>${escaped(path)}</code> <span class="muted says">${escaped(summary)}</span></summary>
<div class="inside">
<pre>curl -sS -X ${method} '${escaped(url + path)}' -H 'authorization: …'${body ? ` -d '${escaped(Object.keys(body.properties)[0] ?? '')}=…'` : ''}</pre>
${table(
  'Parâmetros',
  taken.map(({ name, place, required, schema, description }) => [
    `<code>${escaped(name)}</code>${required ? ' *' : ''}`,
    `<span class="muted">${place}, ${escaped(typeOf(schema))}</span>`,
    escaped(description),
  ]),
)}
${table(
  'Resposta',
  Object.entries(fields).map(([name, schema]) => [
    `<code>${escaped(name)}</code>`,
    `<span class="muted">${escaped(typeOf(schema))}</span>`,
    escaped(String(schema.description ?? '')),
  ]),
)}
</div>
</details>`;
}

const PLACES: Readonly<Record<string, string>> = { path: 'endereço', query: 'consulta', header: 'cabeçalho' };

function table(title: string, rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return `<table><thead><tr><th colspan="3">${title}</th></tr></thead><tbody>${lines.join('')}</tbody></table>`;
}

function typeOf({ type, enum: values }: Json): string {
  if (Array.isArray(values)) return values.filter((value) => value !== null).join(' | ');
  return [type]
    .flat()
    .filter((one) => one !== 'null')
    .join(' | ');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
