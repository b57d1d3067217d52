// Prints what the product ships, and under which licences, into THIRD_PARTY_LICENSES.md; with --check only compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { shippedPackages } from './shipped-packages.mjs';

const FILE = 'THIRD_PARTY_LICENSES.md';
const shipped = shippedPackages();
const printed = `# Licences of third parties

Written by \`npm run licenses:print\` from \`package-lock.json\`: every package that the service runs on, and every package that its pages may bundle.
The texts are in the image: of the service's packages in \`node_modules\`, of the bundled ones in \`dist/web/licenses.md\`.

${table(
  'The service',
  shipped.filter(({ pages }) => !pages),
)}
${table(
  'Only in the pages',
  shipped.filter(({ pages }) => pages),
)}`;

function table(title, packages) {
  const rows = packages.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`);
  return `## ${title}\n\n| package | version | licence |\n|---|---|---|\n${rows.join('\n')}\n`;
}

const current = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
if (!process.argv.includes('--check')) writeFileSync(FILE, printed);
else if (current !== printed) {
  process.stderr.write(`${FILE} is not what the lock file says: run npm run licenses:print\n`);
  process.exit(1);
}
