import 'reflect-metadata';
import type { FastifyBaseLogger } from 'fastify';
import { prepareDataFolder } from './app/data-folder.js';
import {
  DEMO_TOKEN,
  demoOf,
  type EmbeddedOzmap,
  type Example,
  exampleAddress,
  exampleQuery,
  startEmbeddedOzmap,
} from './app/embedded-ozmap.js';
import { createGeocoding } from './app/geocoder.js';
import { createSales, openJournal } from './app/open-journal.js';
import { openOzmap } from './app/service-token.js';
import { createLogger, startTracing } from './app/telemetry.js';
import { createTogether } from './budget/together.js';
import { blaming } from './config/env-file.js';
import type { Config } from './config.js';
import type { AppServices } from './graph/context.js';
import { buildSubgraph } from './graph/schema.js';
import { ViabilityService } from './graph/viability/viability.service.js';
import { NO_AUDIT, openAuditLog } from './http/audit.js';
import { Metrics } from './http/metrics.js';
import { startHttp } from './http/server.js';
import { createSignIn } from './http/sign-in.js';
import { openBrand } from './http/sketch/print.js';
import { openArchive } from './http/tiles/pmtiles.js';
import { gathering } from './ozmap/gather.js';
import { Authenticator } from './store/tokens/authenticator.js';
import { HeldTokens, TokenMemory, tokenOwner } from './store/tokens/token-memory.js';

/** The running service. */
export interface App {
  /** With base path, e.g. `http://127.0.0.1:14000/integrations/cnt`. */
  url: string;
  /** Where health and metrics are, without a path. */
  opsUrl: string;
  /** The OZmap it speaks to. */
  ozmapUrl: string;
  embedded: boolean;
  /** What the embedded OZmap can serve. */
  example: Example | null;
  /** Where the journal lives, and what that survives. */
  database: string;
  /** Finishes what runs, refuses what is new, and ends within 10 s. */
  stop(): Promise<void>;
}

/** What may be given beside the configuration. */
export interface AppOptions {
  logger?: FastifyBaseLogger;
  /** Called with every SQL statement of the journal, without its values. */
  onStatement?: ((sql: string) => void) | undefined;
}

/** Of the 10 s that an orchestrator gives us, what answers under way may take; the journal then lets its own work end. */
const STOP_WITHIN_MS = 6_500;

/** Builds and starts everything. Errors: whatever keeps a part from starting; what was started by then is stopped again. */
export async function startApp(config: Config, options: AppOptions = {}): Promise<App> {
  const logger = options.logger ?? createLogger(config.logLevel, config.audit?.file === null);
  const started: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    if (config.tracing) started.push(await startTracing(config.tracing, logger));
    return { ...(await start(config, { ...options, logger }, started)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  config: Config,
  { logger, onStatement }: AppOptions & { logger: FastifyBaseLogger },
  started: (() => Promise<void> | void)[],
): Promise<Omit<App, 'stop'>> {
  const { ozmap: target, policy } = config;
  const signIn = createSignIn(config.jwt, logger);
  let embedded: EmbeddedOzmap | null = null;
  if (target.kind === 'embedded' || config.databaseUrl === null) await prepareDataFolder(config.dataDir);
  if (target.kind === 'embedded') {
    embedded = await startEmbeddedOzmap({ ...target, dataDir: config.dataDir, control: !config.production, logger });
    started.push(embedded.stop);
    if (config.production)
      logger.warn('EMBEDDED_OZMAP=true: the network is made up, and anyone may use the token demo');
  }
  const ozmapUrl = target.kind === 'real' ? target.url : (embedded?.url ?? '');
  const serviceToken = target.kind === 'real' ? target.token : DEMO_TOKEN;

  const auditTrouble = (problem: { code: string }) => logger.error(problem, 'the audit log could not be written');
  const audit = await blaming('AUDIT_FILE', () =>
    config.audit ? openAuditLog(config.audit.file, auditTrouble) : NO_AUDIT,
  );
  started.push(() => audit.stop());
  const metrics = new Metrics();
  const { connector, own, systemConfig } = openOzmap(config, ozmapUrl, serviceToken, { logger, metrics });
  started.push(() => connector.stop());
  const shared = { policy, systemConfig: (when?: 'now') => systemConfig.get(when), now: () => new Date() };
  const projectIdsOf = async (token: string) => (await connector.as(token).findProjects()).map(({ id }) => id);
  const held = new HeldTokens(projectIdsOf);
  const journal = await openJournal({
    config,
    logger,
    onStatement,
    session: { ozmap: own.ozmap, ...shared },
    checkToken: (hash) => held.check(hash),
    observer: metrics.journal,
  });
  connector.countIn(journal.drawRequests);
  metrics.journal.watch(() => journal.health());
  started.push(() => journal.stop());
  const tokens = new TokenMemory({
    store: journal,
    held,
    projectIdsOf,
    ttlMs: config.tokenCacheS * 1_000,
    graceHours: config.journal.tokenGraceHours,
  });
  const geocoding = await createGeocoding({
    config,
    embeddedCity: embedded?.city ?? null,
    plantPoints: () => own.ozmap.findBoxPoints(),
    logger,
  });
  started.push(() => geocoding.stop());
  const readsOf = gathering(connector.as);
  const services: AppServices = {
    ozmapAs: (token, budget) => (budget ? readsOf(token, budget) : connector.as(token)),
    together: createTogether(),
    geocoder: geocoding.geocoder,
    suggest: geocoding.suggest,
    serviceArea: geocoding.area,
    journal,
    viewerOf: (token, actor) => tokens.viewer(token, actor),
    ...shared,
  };
  // An OZmap that is away, or refuses the token, does not keep us from starting.
  const warm = systemConfig
    .get()
    .catch((err: unknown) => logger.warn({ err }, "OZmap's configuration could not be read yet"));

  const viability = new ViabilityService({
    session: { ozmap: own.ozmap, ...shared },
    geocoder: geocoding.direct,
  });
  if (embedded) await warm;
  const { archive } = config.pages.map;
  const archived = archive === null ? null : await blaming('MAP_PMTILES', () => openArchive(archive));
  if (archived) started.push(() => archived.close());
  const brand = await blaming('BRAND_LOGO', () => openBrand(config.pages.brand));
  const example = embedded && (await exampleAddress(embedded.city, viability));

  // Nobody signs in with it where a platform does.
  const demoToken = embedded && !signIn ? DEMO_TOKEN : null;
  const http = await startHttp({
    config,
    logger,
    schema: (await buildSubgraph()).schema,
    services,
    metrics,
    audit,
    signIn,
    authenticator: new Authenticator({
      verify: (token) => tokenOwner(connector.as(token), token, { tokens, journal }),
      ttlMs: config.tokenCacheS * 1_000,
    }),
    ozmapStanding: () => own.standing(),
    geocoderStanding: geocoding.standing,
    settingsAgeS: () => systemConfig.ageS(),
    journalStanding: () => journal.health(),
    explorer: {
      query: exampleQuery(example),
      token: demoToken,
      demo: () => demoOf(example, own.ozmap).catch(() => null),
    },
    pages: {
      city: geocoding.city,
      demoToken,
      platformSignIn: signIn !== null,
      brand,
      archived,
      sales: createSales(config, logger, journal.sales),
    },
  });
  started.push(() => http.stop(STOP_WITHIN_MS));
  const { description: database } = await journal.health();
  return {
    url: http.url,
    opsUrl: http.opsUrl,
    ozmapUrl,
    embedded: embedded !== null,
    example,
    database,
  };
}
