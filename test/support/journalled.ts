import { expect } from 'vitest';
import type { AskOptions } from './ask-graphql.js';
import { besides, type Plant, type RestBox, type RestClient, readPlant } from './plant.js';
import { startTestSubgraph, type TestSubgraph } from './start-subgraph.js';

/** An operation as the API tells it. */
export interface ToldOperation {
  id: string;
  action: string;
  state: string;
  actor: string;
  cntUser: string | null;
  retriedBy: { actor: string; cntUser: string | null } | null;
  problem: { code: string; message: string } | null;
  steps: { method: string; path: string; status: number | null; outcome: string }[];
}

/** What a mutation answers, whichever it is. */
export interface Payload {
  problem: { code: string; reason: string | null; operationId: string | null } | null;
  operation: ToldOperation | null;
  client?: { status: string; connection: { port: number; box: { id: string } | null } | null } | null;
  property?: { id: string } | null;
  oldProperty?: { id: string; observation: string | null } | null;
  prospect?: { id: string; name: string } | null;
  reservation?: { contractCode: string; madeHere: boolean; expiresAt: string | null } | null;
}

const FIELDS =
  'id action state actor cntUser retriedBy { actor cntUser } problem { code message } steps { method path status outcome }';
const OPERATION = `operation { ${FIELDS} }`;
const PROBLEM = 'problem { code reason operationId }';
const CLIENT = 'client { status connection { port box { id } } }';
const SHOWN: Record<string, string> = {
  reservePort: 'reservation { contractCode madeHere expiresAt }',
  activateClient: CLIENT,
  updateClient: CLIENT,
  changePort: CLIENT,
  undoCancellation: CLIENT,
  relocateClient: `${CLIENT} oldProperty { id observation }`,
  transferClient: CLIENT,
  extendReservation: 'reservation { contractCode madeHere expiresAt }',
  cancelClient: 'property { id }',
  withdrawReservation: 'contractCode',
  createProspect: 'prospect { id name }',
  retryOperation: '',
};
const ENDS = ['APPLIED', 'REFUSED', 'FAILED'];

/** The whole service with what tests of its journal do all the time. */
export interface Journalled {
  subgraph: TestSubgraph;
  plant: Plant;
  /** Boxes with at least three free ports; which ones is the plant's choice. */
  boxes: RestBox[];
  /** Runs a mutation by its name. A top-level error fails the test. */
  run(mutation: string, input: object, options?: AskOptions): Promise<Payload>;
  /** Reserves a port beside a box (the first unless told) and expects that to go well. */
  reserve(contractCode: string, box?: RestBox, more?: object): Promise<Payload>;
  operation(id: string | null | undefined, token?: string): Promise<ToldOperation | null>;
  /** The operations of a contract, newest first. */
  history(contractCode: string, token?: string): Promise<ToldOperation[]>;
  /** Waits until an operation has come to its end. */
  ended(id: string | null | undefined, token?: string): Promise<ToldOperation>;
  /** A client as OZmap holds it. */
  clientOf(code: string): Promise<RestClient | undefined>;
}

/** Starts it. `env` is what a provider would set. */
export async function startJournalled(options: {
  env?: NodeJS.ProcessEnv;
  onStatement?: (sql: string) => void;
  boxes: number;
}): Promise<Journalled & { stop(): Promise<void> }> {
  const subgraph = await startTestSubgraph(options);
  const plant = await readPlant(subgraph.emulator);
  const boxes = await boxesWithRoom(subgraph, plant, options.boxes);
  const run: Journalled['run'] = async (mutation, input, asked) => {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { it: ${mutation}(input: $input) { ${SHOWN[mutation]} ${PROBLEM} ${OPERATION} } }`;
    const { data, errors } = await subgraph.query<{ it: Payload }, object>(document, { input }, asked);
    expect(errors).toEqual([]);
    if (!data) throw new Error('no data');
    return data.it;
  };
  const operation: Journalled['operation'] = async (id, token = 'demo') => {
    const document = `query ($id: ID!) { it: integrationOperation(id: $id) { ${FIELDS} } }`;
    const { data } = await subgraph.query<{ it: ToldOperation | null }, object>(document, { id: id ?? '' }, { token });
    return data?.it ?? null;
  };
  return {
    subgraph,
    plant,
    boxes,
    run,
    async reserve(contractCode, box = boxes[0], more = {}) {
      if (!box) throw new Error('no box');
      const payload = await run('reservePort', { contractCode, boxId: box.id, location: besides(box), ...more });
      expect(payload.problem).toBeNull();
      return payload;
    },
    operation,
    async history(contractCode, token = 'demo') {
      const document = `query ($code: ID!) { it: integrationOperations(filter: { contractCode: $code }) { edges { node { ${FIELDS} } } } }`;
      const { data } = await subgraph.query<{ it: { edges: { node: ToldOperation }[] } }, object>(
        document,
        { code: contractCode },
        { token },
      );
      return (data?.it.edges ?? []).map(({ node }) => node);
    },
    async ended(id, token) {
      for (let turn = 0; turn < 80; turn++) {
        const found = await operation(id, token);
        if (found && ENDS.includes(found.state)) return found;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      throw new Error('the operation does not end');
    },
    clientOf: async (code) =>
      (await subgraph.emulator.all<RestClient>('ftth-clients')).find((client) => client.code === code),
    stop: () => subgraph.stop(),
  };
}

/** Boxes with three free ports for each time that they are named: every box once, then those with room for more. */
async function boxesWithRoom(subgraph: TestSubgraph, plant: Plant, count: number): Promise<RestBox[]> {
  const document = 'query ($input: ViabilityInput!) { viability(input: $input) { boxes { freePorts box { id } } } }';
  const offered = plant.boxes.filter(({ certified, draft }) => certified && !draft);
  const rooms: { box: RestBox; threes: number }[] = [];
  for (const box of offered) {
    const answer = await subgraph.query<{ viability: { boxes: { freePorts: number; box: { id: string } }[] } }, object>(
      document,
      { input: { location: besides(box) } },
    );
    const offer = answer.data?.viability.boxes.find(({ box: { id } }) => id === box.id);
    rooms.push({ box, threes: Math.floor((offer?.freePorts ?? 0) / 3) });
    if (rooms.filter(({ threes }) => threes > 0).length >= count) break;
  }
  const found: RestBox[] = [];
  for (let round = 1; found.length < count; round += 1) {
    const roomy = rooms.filter(({ threes }) => threes >= round);
    if (roomy.length === 0) throw new Error('the plant is full');
    found.push(...roomy.map(({ box }) => box));
  }
  return found.slice(0, count);
}
