import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { isBuilt, type SpawnedService, spawnService } from '../../support/spawn-service.js';

/** The service as a process of its own, as it is deployed; gone after the test. */
async function startProcess(env: NodeJS.ProcessEnv = {}) {
  const service = await spawnService(env);
  onTestFinished(() => service.remove());
  return service;
}

function post(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: 'demo' };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', (error) => reject(Object.assign(error, { reused: sent.reusedSocket })));
    sent.end(JSON.stringify({ query: '{ client(contractCode: 1) { name property { address } } }' }));
  });
}

describe.runIf(isBuilt)('The process', { timeout: 90_000 }, () => {
  let service: SpawnedService;
  beforeAll(async () => {
    service = await spawnService({ LOG_LEVEL: 'trace' });
    await service.ready();
  });
  afterAll(() => service.remove());

  it('prints a line to paste that answers a viability', async () => {
    const line = /curl -s (\S+) .* -H 'authorization: (\S+)' -d '(.*)'/.exec(service.output());
    const [, url = '', authorization = '', body = ''] = line ?? [];
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: body.replaceAll("'\\''", "'"),
    });
    expect(await response.json()).toMatchObject({ data: { viability: { verdict: 'VIABLE' } } });
  });

  it('loses no request that came over a kept connection when it is told to stop, and ends with 0', async () => {
    const service = await startProcess({ SHUTDOWN_GRACE_MS: '500' });
    const url = await service.ready();
    const agent = new Agent({ keepAlive: true, maxSockets: 20 });
    const failures: string[] = [];
    let answered = 0;
    let over = false;
    const clients = Array.from({ length: 20 }, async () => {
      while (!over) {
        try {
          const status = await post(url, agent);
          if (status === 200) answered += 1;
          else failures.push(String(status));
        } catch (error) {
          // A new connection that nobody takes any more is the balancer's business; a kept one that is reset is a lost request.
          if ((error as { reused?: boolean }).reused) failures.push(String((error as NodeJS.ErrnoException).code));
          else over = true;
        }
      }
    });
    while (answered <= 20 && !over) await new Promise((resolve) => setTimeout(resolve, 20));
    const toldAt = Date.now();
    service.signal('SIGTERM');
    const code = await service.exited;
    over = true;
    await Promise.all(clients);
    agent.destroy();
    expect([failures, code]).toEqual([[], 0]);
    expect(answered).toBeGreaterThan(20);
    expect(Date.now() - toldAt).toBeLessThan(10_000);
  });

  it('writes no token, no variable and no address of a customer into its log', async () => {
    const url = await service.ready();
    const ask = (authorization: string, body: unknown) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    const logged = () => (service.output().match(/"field":"viability"/g) ?? []).length;
    const before = logged();
    await ask('sekret-token', { query: '{ client(contractCode: 1) { name } }' });
    await ask('demo', {
      query: 'query($i: ViabilityInput!) { viability(input: $i) { verdict } }',
      variables: { i: { address: 'sekret street' } },
    });
    await ask('demo', '{"query": "sekret');
    await service.until(() => logged() > before);
    expect(service.output()).toContain('UNAUTHENTICATED');
    expect(service.output() + service.errors()).not.toContain('sekret');
  });

  it('says in one message that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const service = await startProcess({ PORT: String(port) });
    expect(await service.exited).toBe(1);
    expect(service.errors().trim()).toBe(
      `Port ${port} of 127.0.0.1 is taken: another process listens there. Set PORT (or EMULATOR_PORT) to a free one.`,
    );
  });

  it('refuses a configuration that cannot work, naming all that is wrong', async () => {
    const service = await startProcess({ PORT: 'x', OZMAP_URL: 'https://ozmap.example' });
    expect(await service.exited).toBe(1);
    expect(service.errors()).toMatch(
      /^The configuration cannot work:\n {2}- PORT got "x".*\n {2}- OZMAP_TOKEN is not set/,
    );
    expect(service.errors()).not.toContain('    at ');
  });
});
