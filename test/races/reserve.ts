import type { Answer, AskGraphql } from '../support/ask-graphql.js';
import { besides, type RestBox } from '../support/plant.js';

/** How a mutation ended for its caller. */
export interface Told {
  /** The contract's code when the port is held; else null. */
  held: string | null;
  problem: { code: string; reason: string | null; operationId: string | null } | null;
  operation: { id: string; state: string } | null;
}

const DOCUMENT = `mutation ($input: ReservePortInput!) {
  it: reservePort(input: $input) { reservation { contractCode } problem { code reason operationId } operation { id state } }
}`;

type Data = {
  it: { reservation: { contractCode: string } | null; problem: Told['problem']; operation: Told['operation'] };
};

/** Asks a service for a port, beside the box unless told. */
export async function reserveAt(
  { query }: { query: AskGraphql },
  box: RestBox,
  contractCode: string,
  more: object = {},
): Promise<Told> {
  const input = { contractCode, boxId: box.id, location: besides(box), ...more };
  const { data, text }: Answer<Data> = await query<Data, object>(DOCUMENT, { input });
  if (!data) throw new Error(text);
  const { reservation, problem, operation } = data.it;
  return { held: reservation?.contractCode ?? null, problem, operation };
}

/** In one word: APPLIED, or why not. */
const inOneWord = ({ problem }: Told): string => (problem ? (problem.reason ?? problem.code) : 'APPLIED');

/** How often each word was told. */
export function tally(told: readonly Told[]): Record<string, number> {
  const words = Object.groupBy(told.map(inOneWord), (word) => word);
  return Object.fromEntries(Object.entries(words).map(([word, list = []]) => [word, list.length]));
}
