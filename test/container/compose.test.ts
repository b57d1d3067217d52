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
});

describe('Dockerfile', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');

  it('takes its base image from one build argument, so that a digest can be pinned', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base = '']) => base);
    expect(bases).toHaveLength(2);
    for (const base of bases) expect(base).toMatch(/^\$\{NODE_IMAGE\}$/);
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=\S+$/m);
  });

  it('puts the bill of materials and the list of licences beside the service', () => {
    const image = dockerfile.slice(dockerfile.lastIndexOf('FROM '));
    expect(image).toContain('sbom.cdx.json');
    expect(image).toContain('THIRD_PARTY_LICENSES.md');
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    expect(ignored).toContain('!THIRD_PARTY_LICENSES.md');
  });
});
