// Prints the bill of materials (CycloneDX, JSON) of what the product ships. npm lists all packages, those of development too, and with
// --omit=dev it leaves out packages that development shares with production: so its whole list is cut to what is shipped.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { shippedPackages } from './shipped-packages.mjs';

const MAX_BYTES = 64 * 1024 * 1024;
// Without peers, over which npm lists nothing at all: a tool of development wants an older OpenTelemetry beside it than the product ships.
const LIST = 'sbom --package-lock-only --legacy-peer-deps --sbom-format=cyclonedx --sbom-type=application'.split(' ');
const all = JSON.parse(execFileSync('npm', LIST, { encoding: 'utf8', maxBuffer: MAX_BYTES }));
const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
const root = { ...all.metadata.component, name };
const licenses = new Map(shippedPackages().map((shipped) => [`${shipped.name}@${shipped.version}`, shipped.license]));
const components = all.components.flatMap((component) => {
  // npm lists a package once, and by the name under which another may have installed it; its reference has its own.
  const name = component['bom-ref'].replace(/@[^@]+$/, '');
  const license = licenses.get(`${name}@${component.version}`);
  if (!license) return [];
  // npm marks what only the pages bundle as "optional" and "development", and leaves out a licence that is no SPDX expression.
  return {
    ...component,
    name,
    scope: 'required',
    properties: [],
    licenses: component.licenses ?? [{ license: { name: license } }],
  };
});
const references = new Set([root['bom-ref'], ...components.map((component) => component['bom-ref'])]);
const dependencies = all.dependencies
  .filter(({ ref }) => references.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => references.has(other)) }));
process.stdout.write(
  `${JSON.stringify({ ...all, metadata: { ...all.metadata, component: root }, components, dependencies }, null, 2)}\n`,
);
