import fetch from 'node-fetch';
import { Webhook } from 'standardwebhooks';
import type { Core } from '../core.js';
import { faultOf } from '../fault.js';
import type { WebhookOptions } from '../options.js';
import { claimDeliveries, type DueDelivery, deleteDelivery, postponeDelivery } from '../sql/deliveries.js';

/** A receiver that takes longer counts as not having it. */
const TIMEOUT_MS = 10_000;
const CLAIM_MS = 30_000;
const MAX_PAUSE_MS = 3_600_000;
/** Requests under way at once, for each receiver: one that hangs takes no other's. */
const LIMIT_PER_URL = 50;

/** Sends finished operations to their receivers: signed, at least once, in order per contract, again and again with growing pauses. */
export class Sender {
  private readonly webhook: Webhook;
  /** Each with its receiver. */
  private readonly underWay = new Map<Promise<void>, string>();

  constructor(
    private readonly core: Core,
    { secret }: WebhookOptions,
  ) {
    this.webhook = new Webhook(secret);
  }

  /** Sends what is due, and what becomes due by it. A receiver that hangs holds up itself only, and until its slots are full only the contract. */
  async send(): Promise<void> {
    const { database, settings, signal } = this.core;
    while (!signal.aborted) {
      const due = await claimDeliveries(database.db, {
        claimMs: CLAIM_MS,
        limitPerUrl: LIMIT_PER_URL,
        underWay: this.countByUrl(),
      });
      for (const delivery of due) this.start(delivery);
      if (this.underWay.size === 0) return;
      await Promise.race([...this.underWay.keys(), pause(settings.tickMs)]);
    }
    await Promise.all(this.underWay.keys());
  }

  private start(delivery: DueDelivery): void {
    const sending = this.deliver(delivery)
      .catch((err: unknown) =>
        this.core.logger.warn({ webhookId: delivery.id, ...faultOf(err) }, 'the end of a delivery was not written'),
      )
      .finally(() => this.underWay.delete(sending));
    this.underWay.set(sending, delivery.url);
  }

  private countByUrl(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const url of this.underWay.values()) counts.set(url, (counts.get(url) ?? 0) + 1);
    return counts;
  }

  private async deliver(delivery: DueDelivery): Promise<void> {
    const { db } = this.core.database;
    if (await this.isTaken(delivery)) return deleteDelivery(db, delivery.seq);
    const pause = this.core.settings.webhookRetryMs * 2 ** Math.min(delivery.attempts - 1, 20);
    await postponeDelivery(db, delivery.seq, Math.min(MAX_PAUSE_MS, pause));
  }

  private async isTaken({ id, url, body, attempts }: DueDelivery): Promise<boolean> {
    const now = new Date();
    try {
      const response = await fetch(url, {
        method: 'POST',
        body,
        redirect: 'manual',
        // A stop does not wait for a receiver: the event comes again after the next start.
        signal: AbortSignal.any([this.core.signal, AbortSignal.timeout(TIMEOUT_MS)]),
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
          'webhook-signature': this.webhook.sign(id, now, body),
        },
      });
      response.body?.resume?.();
      if (response.ok) return true;
      this.core.logger.warn({ webhookId: id, status: response.status, attempts }, 'an event was not taken');
    } catch (error) {
      this.core.logger.warn(
        { webhookId: id, host: new URL(url).host, ...faultOf(error), attempts },
        'an event could not be delivered',
      );
    }
    return false;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
