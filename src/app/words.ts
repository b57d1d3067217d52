import type { App } from '../app.js';
import { type Config, ConfigError } from '../config.js';

/** What is shown at once: what a start may take its time for. */
export function startingText({ ozmap }: Config): string {
  if (ozmap.kind === 'real') return `Starting, with OZmap at ${ozmap.url} …\n`;
  if (isTown(ozmap)) return 'Starting: an embedded OZmap is laid on a made-up town …\n';
  return `Starting: an embedded OZmap is laid on ${ozmap.cityFolder ?? 'a made-up city'}, which takes up to a minute …\n`;
}

/** The generated town, of which docs/emulator.md says what to try. */
function isTown(ozmap: Config['ozmap']): boolean {
  return ozmap.kind === 'embedded' && ozmap.cityFolder === null && ozmap.citySize === 'town';
}

/** Of the generated town, as after a first start. */
const TO_TRY = `
To try (docs/emulator.md has more):

  address   Avenida Getúlio Vargas, 61 (served)   Avenida Beira Rio, 18 (nothing near)   Rua Tiradentes, 64 (two places)
            Avenida Beira Rio, 842 (full boxes)   Avenida Brasil, 852 (boxes in project)   Avenida Amazonas, 508 (a building)
  contract  100001 (active)   100007 (reserved)   100220 (two properties)   100787 (a flat)
`;

/** What is shown once everything runs: where things are, and a line to paste. */
export function readyText({ url, opsUrl, ozmapUrl, embedded, example, database }: App, { ozmap, jwt }: Config): string {
  const ozmapToken = embedded ? 'demo' : '<OZmap token>';
  const token = jwt ? '<token of your platform>' : ozmapToken;
  const address = example?.address ?? '<address>';
  const body = {
    query:
      '($address: String) { viability(input: { address: $address }) { verdict boxes { distanceM freePorts box { name status type { code } } } } }',
    variables: { address },
  };
  body.query = `query ${body.query}`;
  // Inside single quotes only the single quote is special to a shell.
  const json = JSON.stringify(body).replaceAll("'", "'\\''");
  return `
ozmap-cnt-subgraph is ready.

  GraphQL and explorer  ${url}
  Map page              ${url}/ozloc
  What happened         ${url}/logs
  Health, metrics       ${opsUrl}/readyz, ${opsUrl}/metrics
  OZmap                 ${ozmapUrl}${embedded ? ' (embedded; tokens: demo, demo-norte)' : ''}
  Journal               ${database}
${isTown(ozmap) ? TO_TRY : ''}
Try it:

  curl -s ${url} -H 'content-type: application/json' -H 'authorization: ${token}' -d '${json}'

`;
}

/** One clear message for what kept the service from starting. */
export function failureText(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, port, address, message } = error as NodeJS.ErrnoException & { port?: number; address?: string };
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${address} is taken: another process listens there. Set PORT (or EMULATOR_PORT) to a free one.`;
  if (code === 'EACCES' && port !== undefined)
    return `Port ${port} may not be opened by this user. Set PORT to one above 1023.`;
  return `The service could not start: ${message ?? String(error)}`;
}
