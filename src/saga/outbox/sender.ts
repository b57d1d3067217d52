import fetch from 'node-fetch';
import { Webhook } from 'standardwebhooks';
import { countedAs, receiverName, receiverOf } from '../../domain/events.js';
import type { Claimable } from '../background/claimer.js';
import type { Core } from '../core.js';
import { faultOf } from '../fault.js';
import { type Again, backoff } from '../scheduled.js';
import type { Claimed } from '../sql/claims.js';
import {
  claimDeliveries,
  type DeliveryAnswer,
  type DeliveryRow,
  failDelivery,
  type Refusal,
  recordDelivered,
} from '../sql/deliveries.js';

const CLAIM_MS = 30_000;
const MAX_PAUSE_MS = 3_600_000;
/** What could not be delivered for so long is a dead letter. */
const MAX_AGE_MS = 7 * 86_400_000;
/** Requests under way at once, for each receiver: one that hangs takes no other's. */
const LIMIT_PER_RECEIVER = 50;
/** 4xx that say "not now": time-out, too early, too many. */
const TEMPORARY: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * Sends finished operations to their receivers: signed, at least once, in order per contract, again and again with growing pauses. An event
 * that its receiver refuses becomes a dead letter, and the next of its contract is sent.
 */
export class Sender implements Claimable<DeliveryRow> {
  readonly name = 'outbox';
  readonly table = 'delivery';

  constructor(private readonly core: Core) {}

  claim(rows: readonly DeliveryRow[]): Promise<Claimed<DeliveryRow>[]> {
    const underWay = new Map<string, number>();
    for (const { url } of rows) underWay.set(url, (underWay.get(url) ?? 0) + 1);
    const limits = { claimMs: CLAIM_MS, limitPerReceiver: LIMIT_PER_RECEIVER };
    return claimDeliveries(this.core.database.db, { ...limits, underWay });
  }

  async attempt(row: Claimed<DeliveryRow>): Promise<Again | null> {
    const { database, settings, logger, observer, receivers } = this.core;
    const answer = await this.post(row);
    const receiver = countedAs(row.url, receivers());
    if (!('permanent' in answer)) {
      await recordDelivered(database.db, row, answer);
      observer.delivered(receiver, 'taken');
      return null;
    }
    const dead = await failDelivery(database.db, row, answer, {
      againMs: this.afterFailure(row).inMs,
      refusedMs: settings.webhookRefusedMs,
      maxAgeMs: MAX_AGE_MS,
    });
    observer.delivered(receiver, dead ? 'dead' : 'failed');
    const { id, operation_id: operationId, url, attempts } = row;
    if (dead)
      logger.error(
        { webhookId: id, operationId, receiver: receiverName(url), status: answer.status, attempts },
        'an event is a dead letter: its receiver did not take it',
      );
    return null;
  }

  afterFailure({ attempts }: Claimed<DeliveryRow>): Again {
    return { inMs: backoff(attempts, { firstMs: this.core.settings.webhookRetryMs, maxMs: MAX_PAUSE_MS }) };
  }

  /** A refusal, unless the receiver took it. */
  private async post({
    id,
    operation_id: operationId,
    url: key,
    body,
    attempts,
  }: Claimed<DeliveryRow>): Promise<DeliveryAnswer | Refusal> {
    const { logger, signal, settings, receivers } = this.core;
    const now = new Date();
    const startedAt = performance.now();
    const took = () => Math.round(performance.now() - startedAt);
    const receiver = receiverOf(key, receivers());
    const told = { webhookId: id, operationId, receiver: receiverName(key), attempts };
    if (!receiver) {
      logger.warn(told, 'an event has no receiver any more: WEBHOOK_URLS does not name it');
      return { status: null, durationMs: 0, error: 'NO_RECEIVER', permanent: true };
    }
    const timeout = AbortSignal.timeout(settings.webhookTimeoutMs);
    try {
      // node-fetch lets an error go that nobody catches where it is given a body and a signal that is over.
      signal.throwIfAborted();
      const response = await fetch(receiver.url, {
        method: 'POST',
        body,
        redirect: 'manual',
        // A stop does not wait for a receiver: the event comes again after the next start.
        signal: AbortSignal.any([signal, timeout]),
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
          'webhook-signature': new Webhook(receiver.secret).sign(id, now, body),
        },
      });
      response.body?.resume?.();
      const { status } = response;
      if (response.ok) return { status, durationMs: took() };
      logger.warn({ ...told, status }, 'an event was not taken');
      const permanent = status >= 400 && status < 500 && !TEMPORARY.has(status);
      return { status, durationMs: took(), error: null, permanent };
    } catch (error) {
      const fault = faultOf(error);
      logger.warn({ ...told, ...fault }, 'an event could not be delivered');
      const durationMs = took();
      const noAnswer = timeout.aborted ? 'TIMEOUT' : (fault.code ?? fault.error);
      return { status: null, durationMs, error: noAnswer, permanent: false };
    }
  }
}
