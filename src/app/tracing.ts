import { context, DiagLogLevel, diag, propagation, trace } from '@opentelemetry/api';
import type { FastifyBaseLogger } from 'fastify';

/** What is not exported by then is given up: the process has to end. */
const FLUSH_MS = 2_000;

/**
 * Starts OpenTelemetry's SDK, which reads its standard variables by itself (OTEL_…); only here is it loaded. Traces only: metrics are at
 * /metrics, logs on standard output. Returns the way to end it.
 */
export async function startTracing(serviceName: string, logger: FastifyBaseLogger): Promise<() => Promise<void>> {
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({ serviceName, metricReaders: [], logRecordProcessors: [] });
  sdk.start();
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
