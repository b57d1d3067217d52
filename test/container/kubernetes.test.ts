import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { VARIABLES } from '../../src/config/variables.js';
import { readConfig } from '../../src/config.js';
import { serveHealth } from '../../src/http/health.js';
import { Metrics } from '../../src/http/metrics.js';

interface Probe {
  httpGet: { path: string; port: string };
  periodSeconds: number;
}

interface Container extends Record<`${'startup' | 'liveness' | 'readiness'}Probe`, Probe> {
  image: string;
  ports: { name: string; containerPort: number }[];
  env: { name: string; valueFrom: { secretKeyRef: { name: string; key: string } } }[];
  volumeMounts: { name: string; mountPath: string }[];
}

const text = readFileSync('kubernetes.yaml', 'utf8');
const documents = parseAllDocuments(text);
const manifests = new Map(documents.map((one) => [one.get('kind'), one.toJS()]));
const { data } = manifests.get('ConfigMap') as { data: Record<string, string> };
const { spec } = manifests.get('Deployment');
const pod = spec.template.spec;
const container: Container = pod.containers[0];
const dockerfile = readFileSync('Dockerfile', 'utf8');
/** The image's own, and then what Kubernetes sets. */
const env = {
  ...Object.fromEntries([
    ...(/^ENV (.+)$/m
      .exec(dockerfile)?.[1]
      ?.split(' ')
      .map((pair) => pair.split('=')) ?? []),
  ]),
  ...data,
  OZMAP_TOKEN: 'key',
  GOOGLE_MAPS_API_KEY: 'key',
  DATABASE_URL: 'postgres://ozmap:0123456789@database/ozmap',
  SESSION_SECRET: randomBytes(32).toString('hex'),
};

describe('kubernetes.yaml', () => {
  it('is YAML in which everything points at something that is there', () => {
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    expect([...manifests.keys()]).toEqual(['ConfigMap', 'Deployment', 'Service', 'PodDisruptionBudget']);
    const { labels } = spec.template.metadata;
    expect(spec.selector.matchLabels).toEqual(labels);
    expect(manifests.get('Service').spec.selector).toEqual(labels);
    expect(manifests.get('PodDisruptionBudget').spec.selector.matchLabels).toEqual(labels);
    const volumes = pod.volumes.map(({ name }: { name: string }) => name);
    expect(container.volumeMounts.map(({ name }) => name)).toEqual(volumes);
  });

  it('makes a configuration that the service takes, of variables that it knows and secrets that the file says how to make', () => {
    const named = [...Object.keys(data), ...container.env.map(({ name }) => name)];
    expect(named.filter((name) => !(name in VARIABLES))).toEqual([]);
    const secrets = [...text.matchAll(/--from-literal=(\w+)=/g)].map(([, name]) => name);
    expect(container.env.map(({ name, valueFrom }) => [name, valueFrom.secretKeyRef.key])).toEqual(
      expect.arrayContaining(secrets.map((name) => [name, name])),
    );
    expect(secrets).toHaveLength(container.env.length);
    expect(readConfig(env)).toMatchObject({
      production: true,
      ozmap: { kind: 'real' },
      databaseUrl: env.DATABASE_URL,
      geocoder: { kind: 'google' },
    });
  });

  it('opens the ports that the service listens on, and leads callers to the public one only', () => {
    const { port, opsPort } = readConfig(env);
    expect(container.ports).toEqual([
      { name: 'http', containerPort: port },
      { name: 'ops', containerPort: opsPort },
    ]);
    expect(manifests.get('Service').spec.ports).toEqual([{ name: 'http', port, targetPort: 'http' }]);
  });

  it('probes what the service answers', async () => {
    const ops = Fastify();
    const ozmapStanding = () => Promise.resolve('up' as const);
    serveHealth(ops, { metrics: new Metrics(), stopping: () => false, ozmapStanding, journalStanding: null });
    const { startupProbe, livenessProbe, readinessProbe } = container;
    for (const { httpGet } of [startupProbe, livenessProbe, readinessProbe]) {
      expect([httpGet.port, (await ops.inject(httpGet.path)).statusCode]).toEqual(['ops', 200]);
    }
    // It would restart every process while the database is away.
    expect(livenessProbe.httpGet.path).not.toBe('/readyz');
  });

  it('gives a process that ends the time that it takes for that', () => {
    const { shutdownGraceMs } = readConfig(env);
    expect(shutdownGraceMs).toBeGreaterThan(2_000 * container.readinessProbe.periodSeconds);
    expect(pod.terminationGracePeriodSeconds * 1_000).toBeGreaterThan(shutdownGraceMs + 10_000);
  });

  it("runs the image's own command as its own user, who can write nowhere but in /tmp", () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(container.image).toBe(`ozmap-cnt-subgraph:${version}`);
    for (const overridden of ['command', 'args', 'workingDir']) expect(container).not.toHaveProperty(overridden);
    // The images of Node have it as 1000.
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000 });
    expect(container).toMatchObject({
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      volumeMounts: [{ mountPath: '/tmp' }],
    });
  });
});
