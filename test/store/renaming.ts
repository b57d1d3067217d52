import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OzmapFromOutside } from '../support/ozmap-from-outside.js';
import type { SpawnedService } from '../support/spawn-service.js';

const RENAME = `mutation ($input: UpdateClientInput!) {
  it: updateClient(input: $input) { problem { code reason } operation { id state } } }`;
const PAUSE_MS = 100;
/** How often a contract is asked for before its caller goes on to the next: what was cut off keeps it for a minute. */
const TRIES = 5;
const ANSWER_WITHIN_MS = 30_000;

interface Payload {
  problem: { code: string; reason: string | null } | null;
  operation: { id: string; state: string } | null;
}

/** A name that a service said it had written. */
interface Acknowledged {
  operationId: string;
  contractCode: string;
  name: string;
}

/** Callers that rename clients without end, each its own, on the services in turn. */
export class Renaming {
  readonly acknowledged: Acknowledged[] = [];
  /** How often each answer came that is no acknowledgement. */
  readonly others = new Map<string, number>();
  /** The last name that was asked for, by contract: where its answer was lost, it may have been written as well. */
  private readonly askedFor = new Map<string, string>();
  private readonly callers: Promise<void>[];
  private stopped = false;

  constructor(
    private readonly services: readonly SpawnedService[],
    codes: readonly string[],
    callers: number,
  ) {
    this.callers = Array.from({ length: callers }, (_, n) =>
      this.call(
        codes.filter((_code, place) => place % callers === n),
        n,
      ),
    );
  }

  /** Waits for the answers under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.callers);
  }

  /** Acknowledged names that are neither in OZmap nor followed by another name. */
  async lostIn(ozmap: OzmapFromOutside): Promise<Acknowledged[]> {
    const clients = await ozmap.all<{ code: string; name: string }>('ftth-clients');
    const names = new Map(clients.map(({ code, name }) => [code, name]));
    const last = new Map(this.acknowledged.map((one) => [one.contractCode, one]));
    return [...last.values()].filter(({ contractCode, name }) => {
      const there = names.get(contractCode);
      return there !== name && there !== this.askedFor.get(contractCode);
    });
  }

  private async call(codes: readonly string[], caller: number): Promise<void> {
    for (let n = 0; !this.stopped; n += 1) {
      const contractCode = codes[n % codes.length] ?? '';
      const name = `Nome ${caller} ${n}`;
      await this.rename({ contractCode, name, idempotencyKey: randomUUID() }, caller + n);
    }
  }

  private async rename(
    input: { contractCode: string; name: string; idempotencyKey: string },
    turn: number,
  ): Promise<void> {
    const { contractCode, name } = input;
    for (let tried = 0; tried < TRIES && !this.stopped; tried += 1) {
      this.askedFor.set(contractCode, name);
      const answer = await this.ask(input, turn + tried);
      if (typeof answer !== 'string') {
        this.acknowledged.push({ operationId: answer.id, contractCode, name });
        return;
      }
      this.others.set(answer, (this.others.get(answer) ?? 0) + 1);
      await sleep(PAUSE_MS);
    }
  }

  private async ask(input: object, turn: number): Promise<{ id: string } | string> {
    const service = this.services[turn % this.services.length];
    try {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const answer = await service?.query<{ it: Payload | null }, object>(RENAME, { input }, { signal });
      const { problem = null, operation = null } = answer?.data?.it ?? {};
      if (operation?.state === 'APPLIED') return operation;
      return problem?.reason ?? problem?.code ?? String(answer?.errors[0]?.extensions?.code ?? operation?.state);
    } catch {
      return 'no answer';
    }
  }
}

/** Contract codes of clients that may be renamed. */
export async function renameable(ozmap: OzmapFromOutside, count: number): Promise<string[]> {
  const clients = await ozmap.all<{ code: string | null }>('ftth-clients');
  const codes = clients.flatMap(({ code }) => (code ? [code] : []));
  if (codes.length < count) throw new Error(`only ${codes.length} clients have a code`);
  return codes.slice(0, count);
}
