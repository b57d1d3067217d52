import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config.js';
import { type SaleLedger, Sales } from '../http/sales/sales.js';

/** Links to the map page. With a real OZmap they need a secret that all processes share. */
export function createSales({ pages, ozmap }: Config, logger: FastifyBaseLogger, ledger: SaleLedger): Sales {
  const { sessionSecret, ticketMinutes, saleRadiusM } = pages;
  const passing = sessionSecret === null && ozmap.kind === 'embedded';
  // Trying it out is not worth a warning; with a real OZmap there are no links at all without the secret.
  if (passing) logger.debug('SESSION_SECRET is not set: links to the map page end with this process');
  return new Sales({
    secret: passing ? randomBytes(32).toString('hex') : sessionSecret,
    ticketMs: ticketMinutes * 60_000,
    radiusM: saleRadiusM,
    ledger,
  });
}
