import { context, DiagLogLevel, diag, propagation, trace } from '@opentelemetry/api';
import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import type { Tracing } from '../config/parts.js';
import type { Config } from '../config.js';

/** Wherever one of these turns up in a log line, it is blacked out. */
const SECRETS = ['authorization', 'token', 'apiKey', 'password', 'secret', 'cookie'];

/** A pipe takes 65,536 bytes before it makes the process wait, and each writing wakes its reader. */
const GATHERED_CHARS = 16_384;
const FLUSH_MS = 200;

/**
 * JSON lines on standard output, without tokens. They are gathered for some milliseconds, and written at once when the process ends or
 * something is fatal. `isShared`: others write whole lines there, too, so that each must be written by itself.
 */
export function createLogger(level: Config['logLevel'], isShared: boolean): FastifyBaseLogger {
  const redact = { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[hidden]' };
  const destination = isShared ? pino.destination({ dest: 1, sync: true }) : gathered();
  return pino({ level, redact }, destination) as FastifyBaseLogger;
}

let output: { write(line: string): void; flushSync(): void } | undefined;

/**
 * Standard output, one for the process. Not pino's own way to gather lines, which at the end of a process tries for ever to write the last ones
 * where nobody reads them any more.
 */
function gathered(): NonNullable<typeof output> {
  if (output) return output;
  let lines = '';
  const flushSync = (): void => {
    if (lines !== '') process.stdout.write(lines);
    lines = '';
  };
  output = {
    write: (line) => {
      lines += line;
      if (lines.length >= GATHERED_CHARS) flushSync();
    },
    flushSync,
  };
  setInterval(flushSync, FLUSH_MS).unref();
  process.on('exit', flushSync);
  // Whoever read the log is gone: that is no reason to stop.
  process.stdout.on('error', () => {});
  return output;
}

/** What is not exported by then is given up: the process has to end. */
const EXPORT_MS = 2_000;

/**
 * Starts OpenTelemetry's tracer, which reads its standard variables by itself (OTEL_…) but for those of the configuration; only here is it
 * loaded. Traces only: metrics are at /metrics, logs on standard output. Returns the way to end it.
 */
export async function startTracing(
  { serviceName, exporter, protocol }: Tracing,
  logger: FastifyBaseLogger,
): Promise<() => Promise<void>> {
  const [{ BatchSpanProcessor, ConsoleSpanExporter, NodeTracerProvider, SimpleSpanProcessor }, resources, otlp] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/resources'),
      protocol === 'http/json'
        ? import('@opentelemetry/exporter-trace-otlp-http')
        : import('@opentelemetry/exporter-trace-otlp-proto'),
    ]);
  const { defaultResource, detectResources, envDetector, hostDetector, processDetector } = resources;
  const sdk = new NodeTracerProvider({
    resource: defaultResource()
      .merge(detectResources({ detectors: [envDetector, processDetector, hostDetector] }))
      .merge(resources.resourceFromAttributes({ 'service.name': serviceName })),
    spanProcessors: [
      exporter === 'console'
        ? new SimpleSpanProcessor(new ConsoleSpanExporter())
        : new BatchSpanProcessor(new otlp.OTLPTraceExporter()),
    ],
  });
  sdk.register();
  // Lines of its own on standard output would be no JSON.
  const tell = (message: string) => logger.warn({ message }, 'OpenTelemetry');
  const quiet = () => {};
  diag.setLogger(
    { error: tell, warn: tell, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  return async () => {
    const given = new Promise((resolve) => setTimeout(resolve, EXPORT_MS).unref());
    await Promise.race([sdk.shutdown().catch((error: Error) => tell(error.message)), given]);
    for (const part of [trace, context, propagation, diag]) part.disable();
  };
}
