import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { VARIABLES } from '../../src/config/variables.js';

interface Service {
  read_only?: boolean;
  tmpfs?: string[];
  cap_drop?: string[];
  security_opt?: string[];
  env_file?: { path: string; required: boolean }[];
  environment: Record<string, string | number>;
}

const text = readFileSync('compose.yaml', 'utf8');
const { services } = parse(text) as { services: { subgraph: Service; database: Service } };

/** What the file decides itself, because the container is made so; everything else is the provider's, and reaches the service by .env. */
const DECIDED = ['NODE_ENV', 'HOST', 'PORT', 'DATA_DIR', 'DATABASE_URL'];

describe('compose.yaml', () => {
  it('hands every variable of the configuration to the service, by an .env that may be absent', () => {
    expect(services.subgraph.env_file).toEqual([{ path: '.env', required: false }]);
    const passed = Object.entries(services.subgraph.environment);
    const overriding = passed
      .filter(([name, value]) => !String(value).startsWith(`\${${name}:-`))
      .map(([name]) => name);
    expect(overriding.sort()).toEqual([...DECIDED].sort());
    const known = new Set(Object.keys(VARIABLES));
    expect(passed.map(([name]) => name).filter((name) => !known.has(name))).toEqual([]);
  });

  it('starts no database without a password that somebody chose', () => {
    const uses = text.match(/\$\{POSTGRES_PASSWORD[^}]*\}/g) ?? [];
    expect(uses).toHaveLength(2);
    for (const use of uses) expect(use).toMatch(/^\$\{POSTGRES_PASSWORD:\?./);
  });

  it('gives no service a writable root, capabilities that it does not need, or a way to gain some', () => {
    for (const service of Object.values(services)) {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        tmpfs: expect.arrayContaining(['/tmp']),
      });
    }
    expect(services.subgraph).not.toHaveProperty('cap_add');
  });

  it('keeps the service from taking the machine', () => {
    expect(services.subgraph).toMatchObject({ mem_limit: '1536m', pids_limit: 256 });
  });
});

describe('Dockerfile', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');

  it('takes its base image from one build argument, so that a digest can be pinned', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base = '']) => base);
    expect(bases).toHaveLength(2);
    for (const base of bases) expect(base).toMatch(/^\$\{NODE_IMAGE\}$/);
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=\S+$/m);
  });

  it('installs packages from the lock file and the folders that it names alone, so that other changes leave them in the cache', () => {
    const [before = ''] = dockerfile.split('RUN npm ci');
    const copied = [...before.matchAll(/^COPY (tools\S*) /gm)].map(([, folder]) => folder);
    const named = readFileSync('package.json', 'utf8').matchAll(/"file:(tools\/[^"]+)"/g);
    expect(copied.sort()).toEqual([...named].map(([, folder]) => folder).sort());
  });

  it('says on the image what it is, and of which revision', () => {
    for (const label of ['title', 'description', 'revision'])
      expect(dockerfile).toContain(`org.opencontainers.image.${label}=`);
  });

  it('puts the bill of materials and the list of licences beside the service', () => {
    const image = dockerfile.slice(dockerfile.lastIndexOf('FROM '));
    expect(image).toContain('sbom.cdx.json');
    expect(image).toContain('THIRD_PARTY_LICENSES.md');
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    expect(ignored).toContain('!THIRD_PARTY_LICENSES.md');
  });
});
