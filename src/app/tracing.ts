import { context, DiagLogLevel, diag, propagation, trace } from '@opentelemetry/api';
import type { FastifyBaseLogger } from 'fastify';
import type { Tracing } from '../config.js';

/** What is not exported by then is given up: the process has to end. */
const FLUSH_MS = 2_000;

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
    const given = new Promise((resolve) => setTimeout(resolve, FLUSH_MS).unref());
    await Promise.race([sdk.shutdown().catch((error: Error) => tell(error.message)), given]);
    for (const part of [trace, context, propagation, diag]) part.disable();
  };
}
