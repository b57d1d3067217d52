import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/start.js';
import { startTestEmulator, type TestEmulator } from '../support/start-emulator.js';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startTestEmulator();
});
afterAll(() => emulator.stop());

const raw = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
  fetch(`${emulator.url}${path}`, { method, headers, ...(body !== undefined && { body }) });
const projectId = async (name: string) => {
  const { body } = await emulator.api<{ rows: { id: string; name: string }[] }>('GET', 'projects?limit=-1');
  return body.rows.find((project) => project.name === name)?.id ?? '';
};

describe('a token', () => {
  it('works bare and behind Bearer, and tells its owner', async () => {
    for (const authorization of ['demo', 'Bearer demo', 'bearer demo']) {
      const answer = await raw('GET', '/api/v2/authenticated', { authorization });
      expect(await answer.json()).toEqual({ id: expect.any(String), username: 'demo', name: expect.any(String) });
    }
  });

  it('is asked for everywhere, and an unknown one is answered 401 with a message', async () => {
    for (const path of ['authenticated', 'boxes', 'system-configs', 'ftth-viability/radius?lat=1&lng=1']) {
      for (const headers of [{}, { authorization: 'Bearer nobody' }, { authorization: 'false' }]) {
        const answer = await raw('GET', `/api/v2/${path}`, headers);
        expect(answer.status).toBe(401);
        expect(await answer.json()).toEqual({ message: expect.any(String) });
      }
    }
  });

  it('is handed out for a login, also with the SDK’s odd header', async () => {
    const { body } = await emulator.api<{ rows: { role: string }[] }>('GET', 'users?limit=1');
    const user = { username: 'maria', email: 'maria@example.com', name: 'M', password: 'segredo', resources: ['API'] };
    await emulator.api('POST', 'users', { ...user, role: body.rows[0]?.role, projects: [], allProjects: true });
    for (const path of ['users/login', 'users/login?type=API']) {
      for (const login of ['maria', 'maria@example.com']) {
        const sent = JSON.stringify({ login, password: 'segredo' });
        const answer = await raw('POST', `/api/v2/${path}`, { authorization: 'false' }, sent);
        const { authorization } = (await answer.json()) as { authorization: string };
        expect((await emulator.api('GET', 'authenticated', undefined, authorization)).body).toMatchObject({
          username: 'maria',
        });
      }
    }
  });

  it('is refused, without a crash, to wrong passwords and to the SDK’s re-login with an API key', async () => {
    for (const body of [{ login: 'demo', password: 'x' }, { apiKey: 'demo' }, { login: 1 }, undefined, []]) {
      expect((await emulator.api('POST', 'users/login?type=API', body)).status).toBe(401);
    }
  });
});

describe('projects of the user', () => {
  it('limit what is listed, found, changed and deleted', async () => {
    const all = await emulator.api<{ total: number; rows: { id: string; project: string }[] }>('GET', 'boxes?limit=-1');
    const north = await emulator.api<{ total: number; rows: { project: string }[] }>(
      'GET',
      'boxes?limit=-1',
      undefined,
      'demo-norte',
    );
    const [northern, southern] = [await projectId('Norte'), await projectId('Sul')];
    expect(north.body.total).toBeGreaterThan(0);
    expect(north.body.total).toBe(all.body.rows.filter(({ project }) => project === northern).length);
    const hidden = all.body.rows.find(({ project }) => project === southern)?.id;
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? { name: 'x' } : undefined;
      expect((await emulator.api(method, `boxes/${hidden}`, body, 'demo-norte')).status, method).toBe(404);
    }
    expect((await emulator.api('GET', `boxes/${hidden}`)).status).toBe(200);
    const named = `boxes?filter=${encodeURIComponent(`[{"property":"id","operator":"=","value":"${hidden}"}]`)}`;
    expect((await emulator.api('GET', named, undefined, 'demo-norte')).body).toMatchObject({ total: 0 });
  });

  it('limit where something may be put', async () => {
    const place = { name: 'P', coords: [-44.2581, -19.4672], project: await projectId('Sul') };
    expect((await emulator.api('POST', 'points', place, 'demo-norte')).status).toBe(403);
    const { status, body } = await emulator.api<{ id: string }>(
      'POST',
      'points',
      { ...place, project: await projectId('Norte') },
      'demo-norte',
    );
    expect(status).toBe(201);
    expect((await emulator.api('PATCH', `points/${body.id}`, { project: place.project }, 'demo-norte')).status).toBe(
      403,
    );
    expect((await emulator.api('POST', 'projects', { name: 'New' }, 'demo-norte')).status).toBe(403);
  });
});

describe('a record', () => {
  it('is created 201 with _id, changed 204, deleted 204 and then gone', async () => {
    const made = await emulator.api<{ id: string }>('POST', 'tags', { name: 'nova', allowedTypes: ['box'] });
    expect(made).toMatchObject({
      status: 201,
      body: { _id: made.body.id, name: 'nova', creatorData: { username: 'demo' } },
    });
    expect(await emulator.api('PATCH', `tags/${made.body.id}`, { name: 'velha' })).toMatchObject({
      status: 204,
      body: null,
    });
    expect(await emulator.api('GET', `tags/${made.body.id}`)).toMatchObject({ status: 200, body: { name: 'velha' } });
    expect(await emulator.api('DELETE', `tags/${made.body.id}`)).toMatchObject({ status: 204, body: null });
    for (const method of ['GET', 'DELETE']) {
      expect(await emulator.api(method, `tags/${made.body.id}`)).toMatchObject({
        status: 404,
        body: { message: expect.any(String) },
      });
    }
  });

  it('is not made of text in another charset than UTF-8, whatever the body is said to be', async () => {
    const body = Buffer.from(JSON.stringify({ name: 'Conexão', allowedTypes: ['box'] }), 'latin1');
    for (const type of ['application/json', 'application/json; charset=iso-8859-1']) {
      const headers = { authorization: 'demo', 'content-type': type };
      const answer = await fetch(`${emulator.url}/api/v2/tags`, { method: 'POST', headers, body });
      expect(answer.status).toBe(400);
    }
    const { rows } = (await emulator.api<{ rows: { name: string }[] }>('GET', 'tags?limit=-1')).body;
    expect(rows.map(({ name }) => name).join()).not.toContain('\ufffd');
  });

  it('keeps what the server alone sets', async () => {
    const { body } = await emulator.api<{ id: string; createdAt: string }>('POST', 'tags', {
      name: 'a',
      allowedTypes: [],
      id: 'x',
      createdAt: 'y',
    });
    await emulator.api('PATCH', `tags/${body.id}`, { id: 'x', createdAt: 'y', name: 'b' });
    expect((await emulator.api('GET', `tags/${body.id}`)).body).toMatchObject({
      id: body.id,
      createdAt: body.createdAt,
      name: 'b',
    });
  });

  it('is refused its own external_id when that is sent again', async () => {
    const { body } = await emulator.api<{ id: string }>('POST', 'ftth-clients', {
      code: 'ext-1',
      external_id: 'cnt-1',
    });
    const { status } = await emulator.api('PATCH', `ftth-clients/${body.id}`, { name: 'n', external_id: 'cnt-1' });
    expect(status).toBe(400);
    expect((await emulator.api('PATCH', `ftth-clients/${body.id}`, { name: 'n' })).status).toBe(204);
  });
});

describe('batch-update', () => {
  it('sets allowed fields on all that the filter finds, and nothing else anywhere', async () => {
    for (const code of ['b-1', 'b-2', 'b-3']) await emulator.api('POST', 'ftth-clients', { code });
    const filter = [{ property: 'code', operator: 'in', value: ['b-1', 'b-2'] }];
    expect(await emulator.api('POST', 'ftth-clients/batch-update', { update: { status: 1 }, filter })).toMatchObject({
      status: 204,
    });
    const query = encodeURIComponent('[{"property":"code","operator":"like","value":"b-"}]');
    const { body } = await emulator.api<{ rows: { status: number }[] }>('GET', `ftth-clients?filter=${query}`);
    expect(body.rows.map(({ status }) => status)).toEqual([1, 1, 0]);
    const refused = await emulator.api('POST', 'ftth-clients/batch-update', { update: { name: 'x' }, filter });
    expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining('name') } });
    expect((await emulator.api('POST', 'ftth-clients/batch-update', { update: { status: 0 } })).status).toBe(400);
  });
});

describe('odd requests', () => {
  it('to a route that is not emulated are answered 501 with method and path', async () => {
    for (const [method, path] of [
      ['GET', 'render/croqui/1/png'],
      ['PUT', 'boxes/1'],
      ['GET', 'ducts'],
      ['POST', 'boxes/batch-update'],
    ] as const) {
      expect(await emulator.api(method, path)).toMatchObject({
        status: 501,
        body: { message: expect.stringContaining(`${method} /api/v2/${path}`) },
      });
    }
    expect((await raw('GET', '/elsewhere')).status).toBe(404);
  });

  it('with files are answered 501 by name, whatever the route', async () => {
    const form = new FormData();
    form.append('title', 'Foto da fachada');
    form.append('files', new Blob(['x']), 'x.png');
    for (const path of ['files', 'tags']) {
      const answer = await fetch(`${emulator.url}/api/v2/${path}`, {
        ...{ method: 'POST', headers: { authorization: 'demo' }, body: form },
      });
      expect(answer.status).toBe(501);
      expect(await answer.json()).toEqual({ message: expect.stringContaining(`POST /api/v2/${path}`) });
    }
  });

  it('with malformed, missing, wrong or huge bodies are refused with a message', async () => {
    const headers = { authorization: 'demo', 'content-type': 'application/json' };
    for (const [body, status] of [
      ['{"name":', 400],
      ['', 400],
      ['[]', 400],
      ['null', 400],
      ['{}', 400],
      ['"x"', 400],
      [`"${'x'.repeat(5e6)}"`, 413],
    ] as const) {
      const answer = await raw('POST', '/api/v2/tags', headers, body);
      expect(answer.status, body.slice(0, 20)).toBe(status);
      expect(await answer.json()).toEqual({ message: expect.any(String) });
    }
  });

  it('from a page of another origin are allowed with a token', async () => {
    const asked = await raw('OPTIONS', '/api/v2/ftth-viability/radius', {
      origin: 'https://x.example',
      'access-control-request-method': 'GET',
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe('*');
    expect(asked.headers.get('access-control-allow-headers')).toContain('Authorization');
    const got = await raw('GET', '/api/v2/boxes?limit=1', { authorization: 'demo' });
    expect(got.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('with any character in a code find it', async () => {
    const project = await projectId('Sul');
    for (const code of ['7|7', 'x/y', 'ção 1', '00777', '100%']) {
      const made = await emulator.api('POST', 'properties', { project, lat: -19.46, lng: -44.25, client: { code } });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      const found = await emulator.api('GET', `properties/client/${encodeURIComponent(code)}`);
      expect(found).toMatchObject({ status: 200, body: [{ client: { code } }] });
    }
    expect(await emulator.api('GET', 'properties/client/nobody')).toMatchObject({ status: 200, body: [] });
  });

  it('do not end the server when a client hangs up half-way', async () => {
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
    socket.write('POST /api/v2/tags HTTP/1.1\r\nhost: x\r\nauthorization: demo\r\ncontent-length: 100\r\n\r\n{"name"');
    await once(socket, 'ready');
    socket.destroy();
    expect((await emulator.api('GET', 'authenticated')).status).toBe(200);
  });
});

describe('system settings', () => {
  it('are one object without envelope, changed by its id', async () => {
    const { body } = await emulator.api<{ id: string; viability: object }>('GET', 'system-configs');
    expect(body).not.toHaveProperty('rows');
    const viability = { ...body.viability, radius: 321 };
    expect((await emulator.api('PATCH', `system-configs/${body.id}`, { viability })).status).toBe(204);
    expect((await emulator.api('GET', 'system-configs')).body).toMatchObject({ viability: { radius: 321 } });
  });
});

describe('an emulator without control', () => {
  it('has no routes for faults, and takes a fixed clock and fixed ids', async () => {
    const city = { name: 'X', state: 'MG', streets: [], addresses: [], neighbourhoods: [] };
    let last = 0;
    const ids = () => String(++last).padStart(24, '0');
    const plain = await startEmulator({ city, now: () => new Date('2030-01-01T00:00:00Z'), ids });
    try {
      expect((await fetch(`${plain.url}/_control/faults`)).status).toBe(404);
      const sent = { method: 'POST', headers: { authorization: 'demo' }, body: '{"name":"t","allowedTypes":[]}' };
      const made = await (await fetch(`${plain.url}/api/v2/tags`, sent)).json();
      expect(made).toMatchObject({ id: '000000000000000000000001', createdAt: '2030-01-01T00:00:00.000Z' });
    } finally {
      await plain.stop();
    }
  });
});
