// Which packages the product ships: the production dependencies, and what the pages bundle.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licences that a package has as a file, and does not name in its package.json, which the lock file copies. */
const BY_FILE = { 'png-js': 'MIT' };

/** `{ name, version, license }` of each, sorted, read off the lock file. `pages`: it comes with the bundled pages only. */
export function shippedPackages() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const { dependencies, devDependencies } = packages[''];
  const server = closure(packages, Object.keys(dependencies));
  const pages = closure(
    packages,
    importedByPages().filter((name) => name in { ...dependencies, ...devDependencies }),
  );
  const shipped = new Map();
  for (const path of [...pages, ...server]) {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const { version, license = BY_FILE[name] } = packages[path];
    shipped.set(`${name}@${version}`, { name, version, license, pages: !server.has(path) });
  }
  return [...shipped.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** Paths in the lock file of these packages and of all that they depend on, as Node looks them up: from the folder of the asker upwards. */
function closure(packages, names) {
  const found = new Set();
  const add = (name, from) => {
    for (let folder = from; ; folder = parentOf(folder)) {
      const path = `${folder ? `${folder}/` : ''}node_modules/${name}`;
      if (path in packages) return visit(path);
      if (folder === '') return;
    }
  };
  const visit = (path) => {
    if (found.has(path)) return;
    found.add(path);
    const { dependencies, optionalDependencies, peerDependencies } = packages[path];
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) add(name, path);
  };
  for (const name of names) add(name, '');
  return found;
}

/** `node_modules/a/node_modules/b` → `node_modules/a` → the root. */
function parentOf(path) {
  const end = path.lastIndexOf('/node_modules/');
  return end === -1 ? '' : path.slice(0, end);
}

/** Packages that some file of the pages imports; types are erased, and only named by the packages that have them. */
function importedByPages() {
  const files = readdirSync('src/web', { recursive: true }).filter((file) => /\.(ts|tsx|css|html)$/.test(file));
  const specifiers = files.flatMap((file) =>
    [...readFileSync(join('src/web', file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^'.][^']*)'/g)].map(
      ([, name]) => name,
    ),
  );
  return [
    ...new Set(
      specifiers.map((specifier) =>
        specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
    ),
  ];
}
