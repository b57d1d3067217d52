import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { composeBoth, type Subgraphs, startGateway } from '../../examples/supergraph.js';
import { isLong } from './long.js';
import { until } from './until.js';

/** A gateway that serves both subgraphs, as the example or the file for it says. */
interface Gateway {
  url: string;
  stop(): Promise<void>;
}

interface Kind {
  name: string;
  start(subgraphs: Subgraphs): Promise<Gateway>;
}

/** Those that npm brings. The last is a program of its own, which is not there for every platform. */
const EVERY: Kind[] = [
  { name: "Apollo's gateway", start: (subgraphs) => startGateway(subgraphs, 0) },
  {
    name: 'Hive Gateway with its planner in Rust',
    start: (subgraphs) => startHive(subgraphs, { unifiedGraphHandler }),
  },
  { name: 'Hive Gateway', start: (subgraphs) => startHive(subgraphs, {}) },
];
const grafbase = grafbaseProgram();
if (grafbase) EVERY.push({ name: 'Grafbase', start: (subgraphs) => startGrafbase(grafbase, subgraphs) });
// No test is skipped: there are none of it.
else process.stderr.write(`no Grafbase on npm for ${process.platform} ${process.arch}: not tried behind it\n`);

/** The two whose planners have least in common; all of them in `npm run check:long`. */
export const GATEWAYS = isLong ? EVERY : EVERY.slice(0, 2);

function grafbaseProgram(): string | null {
  try {
    return createRequire(import.meta.url).resolve('@grafbase/cli-x86_64-unknown-linux-musl/grafbase');
  } catch {
    return null;
  }
}

async function startHive(subgraphs: Subgraphs, planner: object): Promise<Gateway> {
  const file = new URL('../../examples/routers/hive-gateway.config.mjs', import.meta.url).href;
  const { gatewayConfig } = (await import(file)) as { gatewayConfig: object };
  const supergraph = composeBoth(subgraphs);
  const runtime = createGatewayRuntime({ ...gatewayConfig, ...planner, supergraph, logging: false });
  const { url, stop } = await listen(runtime);
  return {
    url: `${url}/graphql`,
    stop: async () => {
      await stop();
      await runtime[Symbol.asyncDispose]();
    },
  };
}

async function startGrafbase(program: string, { ozmapUrl, contractsUrl }: Subgraphs): Promise<Gateway> {
  const root = join(import.meta.dirname, '../..');
  const folder = await mkdtemp(join(tmpdir(), 'grafbase-'));
  const shipped = await readFile(join(root, 'examples/routers/grafbase.toml'), 'utf8');
  const subgraph = (name: string, schema: string, url: string) =>
    `[subgraphs.${name}]\nschema_path = ${JSON.stringify(join(root, schema))}\nurl = ${JSON.stringify(url)}\n`;
  const ozmap = subgraph('ozmap', 'schema/subgraph.graphql', ozmapUrl);
  const contracts = subgraph('contracts', 'examples/contracts/schema.graphql', contractsUrl);
  const config = shipped.replace(/\[subgraphs\.ozmap\]\nurl = .*\n/, ozmap);
  await writeFile(join(folder, 'grafbase.toml'), `${config}\n${contracts}`);
  const { url, stop: free } = await listen((_, response) => response.end());
  await free();
  const { host } = new URL(url);
  const child = spawn(program, ['--home', folder, 'dev', '--config', 'grafbase.toml', '--listen-address', host], {
    cwd: folder,
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const graphql = `${url}/graphql`;
  const answers = () =>
    fetch(graphql).then(
      () => true,
      () => false,
    );
  await until(async () => child.exitCode !== null || (await answers()));
  return {
    url: graphql,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What passed between a gateway and us. */
export interface Passed {
  document: string;
  /** The answer came by gzip. */
  packed: boolean;
  accepted: string;
}

/** Stands between a gateway and a subgraph, and notes what passes; `target` may become another while it runs. */
export async function watch(target: string): Promise<Gateway & { passed: Passed[]; target: string }> {
  const passed: Passed[] = [];
  const watched = { passed, target };
  const server = await listen(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const body = Buffer.concat(pieces);
    const { method, headers } = request;
    const { host } = new URL(watched.target);
    const onward = httpRequest(watched.target, { method, headers: { ...headers, host } }, (answer) => {
      const packed = answer.headers['content-encoding'] === 'gzip';
      passed.push({ document: body.toString(), packed, accepted: String(headers['accept-encoding'] ?? '') });
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  });
  return Object.assign(watched, server);
}

async function listen(listener: RequestListener): Promise<Gateway> {
  const server = createServer(listener);
  // A gateway that takes up a connection in the moment in which it ends has no answer.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
