import { expect } from 'vitest';
import { z } from 'zod';
import type { RestClient } from './plant.js';
import type { TestSubgraph } from './start-subgraph.js';

export type Json = Record<string, unknown>;

interface Described {
  operationId: string;
  parameters: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: { properties: Json } }> };
  responses: Record<string, { content: Json }>;
}

/** As much of `openapi.json` as tests read. */
export interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Json };
}

export const JSON_TYPE = 'application/json';
export const FORM_TYPE = 'application/x-www-form-urlencoded';

/** What is sent: an object as JSON, a text or bytes as they are. */
export interface Sent {
  body?: string | Uint8Array<ArrayBuffer> | Json | undefined;
  type?: string;
  headers?: Record<string, string>;
}

export interface DoorAnswer {
  status: number;
  headers: Headers;
  body: Json;
}

/** The routes below `v1` of a running service. */
export interface Door {
  openApi: OpenApi;
  /** Asks with the demonstration's token. Fails the test where the answer is not what `openapi.json` says. */
  ask(method: string, path: string, sent?: Sent): Promise<DoorAnswer>;
  /** What the operation came to that a 202 leads to, once it is over. */
  ended(answer: DoorAnswer): Promise<Json>;
  /** A client as OZmap holds it. */
  clientOf(code: string): Promise<RestClient | undefined>;
}

/** A body as HTML's forms send it. */
export const form = (fields: Readonly<Record<string, string | number>>): string =>
  new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])).toString();

export async function openDoor({ url, emulator }: TestSubgraph): Promise<Door> {
  const openApi = (await (await fetch(`${url}/v1/openapi.json`)).json()) as OpenApi;
  const ask: Door['ask'] = async (method, path, { body, type, headers = {} } = {}) => {
    const isText = typeof body === 'string' || body instanceof Uint8Array;
    const contentType = type ?? (body === undefined ? undefined : JSON_TYPE);
    const response = await fetch(`${url}/v1${path}`, {
      method,
      headers: { authorization: 'demo', ...(contentType && { 'content-type': contentType }), ...headers },
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Json;
    assertDescribed(openApi, `${method} ${path}`, response, answer);
    return { status: response.status, headers: response.headers, body: answer };
  };
  return {
    openApi,
    ask,
    async ended({ headers }) {
      const path = String(headers.get('location')).replace('/integrations/cnt/v1', '');
      let told: Json = {};
      const isOver = async () => {
        told = (await ask('GET', path)).body;
        return told.finishedAt !== null;
      };
      await expect.poll(isOver).toBe(true);
      return told;
    },
    clientOf: async (code) => (await emulator.all<RestClient>('ftth-clients')).find((client) => client.code === code),
  };
}

function assertDescribed(openApi: OpenApi, request: string, { status, headers }: Response, answer: Json) {
  const [method = '', path = ''] = request.split(' ');
  const [bare = ''] = path.split('?');
  const template = Object.keys(openApi.paths).find((known) =>
    new RegExp(`^${known.replace(/\{\w+\}/g, '[^/]+')}$`).test(bare),
  );
  const described = template && openApi.paths[template]?.[method.toLowerCase()];
  if (!described) return;
  const [type = ''] = headers.get('content-type')?.split(';') ?? [];
  const content = described.responses[status]?.content[type] as { schema: Json } | undefined;
  expect(content, `${method} ${template} answers ${status} ${type}`).toBeDefined();
  const defs = { ...content?.schema, $defs: openApi.components.schemas };
  const schema = z.fromJSONSchema(JSON.parse(JSON.stringify(defs).replaceAll('#/components/schemas/', '#/$defs/')));
  expect(schema.safeParse(answer).error, `${method} ${template}: ${JSON.stringify(answer)}`).toBeUndefined();
}
