import 'reflect-metadata';
import type { FastifyBaseLogger } from 'fastify';
import { DEMO_TOKEN, type EmbeddedOzmap, startEmbeddedOzmap } from './app/embedded-ozmap.js';
import { exampleAddress } from './app/example.js';
import { createGeocoder } from './app/geocoder.js';
import { createLogger } from './app/logger.js';
import { createSales } from './app/sales.js';
import { SystemConfigCache } from './app/system-config-cache.js';
import { tokenOwner } from './app/token-owner.js';
import type { Config } from './config.js';
import type { AppServices } from './context.js';
import { ViabilityService } from './features/viability/viability.service.js';
import { Authenticator } from './http/authenticator.js';
import { Metrics } from './http/metrics.js';
import { startHttp } from './http/server.js';
import { passThroughJournal } from './journal/pass-through.js';
import { createOzmap } from './ozmap/create-ozmap.js';
import { buildSubgraph } from './schema.js';

/** The running service. */
export interface App {
  /** With base path, e.g. `http://127.0.0.1:14000/integrations/cnt`. */
  url: string;
  /** The OZmap it speaks to. */
  ozmapUrl: string;
  embedded: boolean;
  /** An address that the embedded OZmap can serve. */
  example: string | null;
  /** Finishes what runs, refuses what is new, and ends within 10 s. */
  stop(): Promise<void>;
}

const SYSTEM_CONFIG_MAX_AGE_MS = 5 * 60_000;
/** Of the 10 s that an orchestrator gives us, what answers under way may take. */
const STOP_WITHIN_MS = 8_000;

/** Builds and starts everything. Errors: whatever keeps a part from starting; what was started by then is stopped again. */
export async function startApp(config: Config, options: { logger?: FastifyBaseLogger } = {}): Promise<App> {
  const logger = options.logger ?? createLogger(config.logLevel);
  const started: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    return { ...(await start(config, logger, started)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  config: Config,
  logger: FastifyBaseLogger,
  started: (() => Promise<void> | void)[],
): Promise<Omit<App, 'stop'>> {
  const { ozmap: target, policy } = config;
  let embedded: EmbeddedOzmap | null = null;
  if (target.kind === 'embedded') {
    embedded = await startEmbeddedOzmap({ ...target, dataDir: config.dataDir, control: !config.production, logger });
    started.push(embedded.stop);
  }
  const ozmapUrl = target.kind === 'real' ? target.url : (embedded?.url ?? '');
  const serviceToken = target.kind === 'real' ? target.token : DEMO_TOKEN;

  const metrics = new Metrics();
  const connector = createOzmap({
    url: ozmapUrl,
    timeoutMs: config.ozmapTimeoutMs,
    concurrency: config.ozmapConcurrency,
    onRequest: (request) => metrics.ozmapRequest(request),
  });
  started.push(() => connector.stop());

  const systemConfig = new SystemConfigCache({
    read: () => connector.as(serviceToken).systemConfig(),
    maxAgeMs: SYSTEM_CONFIG_MAX_AGE_MS,
  });
  const services: AppServices = {
    connector,
    geocoder: await createGeocoder(config.geocoder, embedded?.city ?? null),
    journal: passThroughJournal,
    policy,
    systemConfig: () => systemConfig.get(),
    now: () => new Date(),
  };
  // An OZmap that is away does not keep us from starting.
  const warm = systemConfig
    .get()
    .catch((err: unknown) => logger.warn({ err }, "OZmap's configuration could not be read yet"));

  const session = { ozmap: connector.as(serviceToken), policy, systemConfig: services.systemConfig, now: services.now };
  const viability = new ViabilityService({ session, geocoder: services.geocoder });
  if (embedded) await warm;
  const example = embedded && (await exampleAddress(embedded.city, viability));

  const http = await startHttp({
    config,
    logger,
    schema: (await buildSubgraph()).schema,
    services,
    metrics,
    authenticator: new Authenticator({
      verify: (token) => tokenOwner(connector, token),
      ttlMs: config.tokenCacheS * 1_000,
    }),
    ozmapReachable: () => connector.reachable(),
    databaseReachable: null,
    explorer: { query: exampleQuery(example), token: embedded && DEMO_TOKEN },
    pages: { city: embedded?.city ?? null, demoToken: embedded && DEMO_TOKEN, sales: createSales(config, logger) },
  });
  started.push(() => http.stop(STOP_WITHIN_MS));
  return { url: http.url, ozmapUrl, embedded: embedded !== null, example };
}

function exampleQuery(address: string | null): string {
  return `{
  viability(input: { address: ${JSON.stringify(address ?? '')} }) {
    verdict
    boxes { distanceM freePorts box { id name status type { code } } }
  }
}
`;
}
