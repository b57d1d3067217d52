// Collections of requests for Bruno (a folder) and Postman (v2.1): every route of openapi.json and every operation that is not a page's, in the
// order of a contract's life, so that a whole run goes through. `npm run schema:print` writes them, `npm run schema:check` compares.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { jsonToBruV2, jsonToCollectionBru } from '@usebruno/lang';

/** Where they lie. */
export const COLLECTIONS = 'examples/collections';
const VARIABLES = {
  base: 'http://127.0.0.1:14000/integrations/cnt',
  token: 'demo',
  address: 'Avenida Getúlio Vargas, 61',
  contract: '900010',
  newContract: '900011',
};
/** Whose numbers stay numbers where they are put into a body. */
const NUMBERS = ['lat', 'lng'];

/** What is kept of an answer for the requests behind it: a variable, and where it stands. */
const OFFERS = {
  boxId: 'boxes[0].id',
  otherBoxId: 'boxes[1].id',
  lat: 'locationLat',
  lng: 'locationLng',
};
const GRAPHQL_OFFERS = {
  boxId: 'data.viability.boxes[0].box.id',
  lat: 'data.viability.location.lat',
  lng: 'data.viability.location.lng',
};
const place = { boxId: '{{boxId}}', lat: '{{lat}}', lng: '{{lng}}' };
const near = { near: { lat: '{{lat}}', lng: '{{lng}}' }, radiusM: 150, limit: 5 };
const graphqlPlace = { boxId: '{{boxId}}', location: { lat: '{{lat}}', lng: '{{lng}}' } };
/** A variable that is made before the request is sent. */
const NEXT_WEEK = { until: 'new Date(Date.now() + 7 * 86400000).toISOString()' };

/** By `operationId`. `code`: of the contract in the path; `send`: the query or the body. */
const ROUTES = [
  ['DoorViability', { send: { address: '{{address}}' }, keep: OFFERS }],
  ['DoorReserve', { send: { contractCode: '{{contract}}', ...place, name: 'José Conceição', address: '{{address}}' } }],
  ['DoorContract', {}],
  ['DoorSketch', { path: { format: 'pdf' } }],
  ['DoorExtendReservation', { before: NEXT_WEEK, send: { until: '{{until}}' } }],
  ['DoorUpdate', { send: { name: 'João Araújo', observation: 'Fibra 500' } }],
  ['DoorActivate', {}],
  ['DoorDeclare', { send: { state: 'BLOCKED' } }],
  ['DoorChangePort', { send: { boxId: '{{boxId}}' } }],
  ['DoorRelocate', { send: { ...place, boxId: '{{otherBoxId}}', address: '{{address}}', keepOldProperty: true } }],
  ['DoorTransfer', { send: { newContractCode: '{{newContract}}', name: 'Inês Ávila' } }],
  ['DoorOperations', { path: { code: '{{newContract}}' }, keep: { operation: 'operations[0].id' } }],
  ['DoorOperation', { path: { id: '{{operation}}' } }],
  ['DoorCancel', { path: { code: '{{newContract}}' }, send: { disconnectDrop: true } }],
  ['DoorReserve', { send: { contractCode: '{{contract}}', ...place } }],
  ['DoorWithdraw', {}],
  ['DoorOzlocLink', { send: { contractCode: '{{contract}}', name: 'Padaria', address: '{{address}}' } }],
];

/** By name. */
const OPERATIONS = [
  ['Viability', { variables: { input: { address: '{{address}}' } }, keep: GRAPHQL_OFFERS }],
  ['ViabilityList', { variables: { input: { address: '{{address}}' } } }],
  ['Viabilities', { variables: { inputs: [{ address: '{{address}}' }, { location: graphqlPlace.location }] } }],
  ['Boxes', { variables: near }],
  ['Box', { variables: { id: '{{boxId}}' } }],
  ['BoxPorts', { variables: near }],
  ['Poles', { variables: { within: { south: -19.4685, west: -44.2501, north: -19.4662, east: -44.2478 }, limit: 5 } }],
  ['ReservePort', { variables: { input: { contractCode: '{{contract}}', ...graphqlPlace, name: 'José Conceição' } } }],
  ['Client', { variables: { contractCode: '{{contract}}' } }],
  ['Clients', { variables: { contractCodes: ['{{contract}}'] } }],
  ['ClientDrops', { variables: { contractCodes: ['{{contract}}'] } }],
  ['Reservation', { variables: { contractCode: '{{contract}}' } }],
  ['ActivateClient', { variables: { input: { contractCode: '{{contract}}' } } }],
  ['UpdateClient', { variables: { input: { contractCode: '{{contract}}', name: 'João Araújo' } } }],
  ['CancelClient', { variables: { input: { contractCode: '{{contract}}', disconnectDrop: true } } }],
  ['ReservePort', { variables: { input: { contractCode: '{{contract}}', ...graphqlPlace } } }],
  ['WithdrawReservation', { variables: { input: { contractCode: '{{contract}}' } } }],
];
/** What only the pages and the door itself ask. */
const OF_THE_SERVICE = /^(Door|Ozloc|Logs)/;

/**
 * The files by their names. `openApi`: what the service describes; `operations`: name and text of each. Errors: a route or an operation without an
 * example here, or an example without one.
 */
export function collectionsOf(openApi, operations) {
  const folders = [
    ['HTTP', httpRequests(openApi)],
    ['GraphQL', graphqlRequests(operations)],
  ];
  const bruno = folders.flatMap(([folder, requests]) =>
    requests.map((request, at) => [
      `${COLLECTIONS}/bruno/${folder}/${String(at + 1).padStart(2, '0')} ${request.name}.bru`,
      bruOf(request, at + 1),
    ]),
  );
  return Object.fromEntries([
    [`${COLLECTIONS}/bruno/bruno.json`, text({ version: '1', name: 'OZmap for CNT', type: 'collection', ignore: [] })],
    [`${COLLECTIONS}/bruno/collection.bru`, collectionBru()],
    ...bruno,
    [`${COLLECTIONS}/postman.json`, text(postmanOf(folders))],
  ]);
}

/** The files below a folder, as `collectionsOf` names them; none where it is not there. */
export function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).replaceAll('\\', '/'));
}

function httpRequests({ paths }) {
  const described = new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [operation.operationId, { path, method, ...operation }]),
    ),
  );
  complete(described.keys(), ROUTES);
  return ROUTES.map(([id, { path: values = {}, send = {}, keep = {}, before = {} }]) => {
    const { path, method, summary, parameters, requestBody } = described.get(id);
    const named = { code: '{{contract}}', ...values };
    const properties = requestBody?.content['application/json'].schema.properties ?? {};
    const isBody = requestBody !== undefined;
    return {
      ...{ name: wordsOf(id.replace(/^Door/, '')), method, docs: summary, keep, before },
      url: `{{base}}/v1${path.replace(/\{(\w+)\}/g, (_, name) => named[name])}`,
      query: parameters
        .filter((one) => one.in === 'query')
        .map(({ name }) => ({ name, value: String(send[name] ?? ''), enabled: name in send })),
      body: isBody && (Object.keys(send).length > 0 || requestBody.required) ? jsonOf(send) : null,
      more: Object.keys(properties).filter((name) => !(name in send)),
    };
  });
}

function graphqlRequests(operations) {
  const texts = new Map(operations.map(({ name, body }) => [name, body]));
  complete(
    [...texts.keys()].filter((name) => !OF_THE_SERVICE.test(name)),
    OPERATIONS,
  );
  return OPERATIONS.map(([name, { variables, keep = {} }]) => ({
    ...{ name: wordsOf(name), method: 'post', url: '{{base}}', query: [], docs: '', keep, before: {}, more: [] },
    graphql: { query: texts.get(name), variables: jsonOf(variables) },
  }));
}

function complete(known, examples) {
  const shown = new Set(examples.map(([name]) => name));
  const names = [...known];
  const odd = [...names.filter((name) => !shown.has(name)), ...[...shown].filter((name) => !names.includes(name))];
  if (odd.length > 0) throw new Error(`tools/collections.mjs has no example of, or no longer needs: ${odd.join(', ')}`);
}

function bruOf({ name, method, url, query, docs, body, graphql, keep, before, more }, seq) {
  const sent = graphql ? 'graphql' : body ? 'json' : 'none';
  const search = query.filter(({ enabled }) => enabled).map((one) => `${one.name}=${one.value}`);
  return `${jsonToBruV2({
    meta: { name, type: graphql ? 'graphql' : 'http', seq },
    http: { method, url: [url, ...search].join('?'), body: sent, auth: 'none' },
    ...(query.length > 0 && { params: query.map((one) => ({ ...one, type: 'query' })) }),
    ...(body && { body: { json: body } }),
    ...(graphql && { body: { graphql } }),
    script: {
      req: lines(before, (variable, value) => `bru.setVar('${variable}', ${value});`),
      res: lines(keep, (variable, path) => `bru.setVar('${variable}', res.body.${path});`),
    },
    docs: docsOf(docs, more),
    settings: { encodeUrl: true },
  }).trim()}\n`;
}

function collectionBru() {
  return `${jsonToCollectionBru({
    headers: [{ name: 'authorization', value: '{{token}}', enabled: true }],
    vars: { req: Object.entries(VARIABLES).map(([name, value]) => ({ name, value, enabled: true, local: false })) },
  }).trim()}\n`;
}

function postmanOf(folders) {
  return {
    info: {
      name: 'OZmap for CNT',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: folders.map(([name, requests]) => ({ name, item: requests.map(postmanItem) })),
    variable: Object.entries(VARIABLES).map(([key, value]) => ({ key, value })),
  };
}

function postmanItem({ name, method, url, query, docs, body, graphql, keep, before, more }) {
  const events = [
    ['prerequest', lines(before, (variable, value) => `pm.collectionVariables.set('${variable}', ${value});`)],
    ['test', lines(keep, (variable, path) => `pm.collectionVariables.set('${variable}', pm.response.json().${path});`)],
  ].filter(([, exec]) => exec !== '');
  const [base, ...path] = url.split('/');
  const search = query.map((one) => ({ key: one.name, value: one.value, disabled: !one.enabled }));
  return {
    name,
    ...(events.length > 0 && {
      event: events.map(([listen, exec]) => ({ listen, script: { type: 'text/javascript', exec: exec.split('\n') } })),
    }),
    request: {
      method: method.toUpperCase(),
      header: [{ key: 'authorization', value: '{{token}}' }],
      url: { raw: url, host: [base], path, ...(search.length > 0 && { query: search }) },
      ...(body && { body: { mode: 'raw', raw: body, options: { raw: { language: 'json' } } } }),
      ...(graphql && { body: { mode: 'graphql', graphql } }),
      description: docsOf(docs, more),
    },
  };
}

function docsOf(docs, more) {
  return [docs, more.length > 0 && `Takes as well: ${more.join(', ')}.`].filter(Boolean).join('\n\n');
}

function lines(entries, say) {
  return Object.entries(entries)
    .map(([name, value]) => say(name, value))
    .join('\n');
}

/** JSON with the variables of numbers bare, as both programs put them in. */
function jsonOf(value) {
  const bare = new RegExp(`"(\\{\\{(?:${NUMBERS.join('|')})\\}\\})"`, 'g');
  return JSON.stringify(value, null, 2).replace(bare, '$1');
}

function wordsOf(name) {
  const [first = '', ...rest] = name.split(/(?=[A-Z])/);
  return [first, ...rest.map((word) => word.toLowerCase())].join(' ');
}

function text(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
