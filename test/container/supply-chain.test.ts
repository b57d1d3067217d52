import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const WEB = 'dist/web/licenses.md';
if (!existsSync(WEB)) throw new Error('the pages are not built: run `npm run build`');

const run = (...args: string[]) => execFileSync(process.execPath, args, { encoding: 'utf8' });

interface Bom {
  bomFormat: string;
  metadata: { component: { name: string } };
  components: { name: string; version: string; scope: string; hashes?: object[]; licenses: object[] }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

/** `name version` of each row. */
const listed = [...readFileSync('THIRD_PARTY_LICENSES.md', 'utf8').matchAll(/^\| (\S+) \| (\S+) \| (.+) \|$/gm)]
  .map(([, name = '', version = '', license = '']) => ({ package: `${name} ${version}`, license }))
  .filter((row) => row.package !== 'package version');

/** Licences that ask for no more than to be named; of a choice, the one that is taken is among them. */
const PERMISSIVE =
  /^(MIT|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|OFL-1\.1|PSF-2\.0|Zlib|CC0-1\.0)$/;

describe('THIRD_PARTY_LICENSES.md', () => {
  it('says what the lock file says', () => {
    run('tools/licenses.mjs', '--check');
    expect(listed.length).toBeGreaterThan(100);
  });

  it('names every package that the pages bundle, which the build finds by itself', () => {
    const bundled = [...readFileSync(WEB, 'utf8').matchAll(/^## (\S+) - (\S+) \(/gm)].map(([, n, v]) => `${n} ${v}`);
    expect(bundled).toContainEqual(expect.stringMatching(/^maplibre-gl /));
    expect(bundled.filter((one) => !listed.some((row) => row.package === one))).toEqual([]);
  });

  it('holds no licence that would bind the whole product', () => {
    const binding = listed.filter(({ license }) => {
      const names = license.replace(/[()]/g, '').split(/ (?:AND|OR) /);
      const every = !license.includes(' OR ');
      return every ? !names.every((name) => PERMISSIVE.test(name)) : !names.some((name) => PERMISSIVE.test(name));
    });
    expect(binding).toEqual([]);
  });
});

describe('npm run sbom', () => {
  const bom = JSON.parse(run('tools/sbom.mjs')) as Bom;

  it('lists what is shipped and nothing else, each with its version and licence', () => {
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'ozmap-cnt-subgraph' } } });
    expect(bom.components.map(({ name, version }) => `${name} ${version}`).sort()).toEqual(
      listed.map((row) => row.package).sort(),
    );
    expect(bom.components.filter(({ licenses }) => licenses.length === 0)).toEqual([]);
  });

  it('holds packages that development shares with the service', () => {
    const names = bom.components.map(({ name }) => name);
    for (const { name } of bom.components.filter(({ scope }) => scope !== 'required')) expect.unreachable(name);
    expect(names).toEqual(
      expect.arrayContaining(['graphql', 'dataloader', 'node-fetch', 'pg', 'preact', 'maplibre-gl']),
    );
  });

  it('names no part of a dependency that is not in its list', () => {
    const refs = new Set(bom.dependencies.map(({ ref }) => ref));
    expect(bom.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
  });
});

describe('npm run advisories', () => {
  it('says in one line whether it was answered, and never fails a build', () => {
    expect(run('tools/advisories.mjs')).toMatch(/^advisories: (not checked|\d+ packages)/);
  });
});
