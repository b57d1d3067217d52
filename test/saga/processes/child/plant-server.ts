import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The plant that several processes share. It takes whatever it is told and remembers all of it: the journal has to keep order. */
export interface PlantServer {
  url: string;
  /** Every hold, in order: `contract → box`. */
  holds: { code: string; boxId: string }[];
  /** Marks of each contract, in order, doubled ones included. */
  marks: Map<string, string[]>;
  close(): Promise<void>;
}

export async function startPlantServer(latencyMs = 1): Promise<PlantServer> {
  const holds: PlantServer['holds'] = [];
  const marks: PlantServer['marks'] = new Map();
  const answers: Record<string, (a: string, b: string) => string> = {
    held: (code) => holds.find((hold) => hold.code === code)?.boxId ?? '',
    count: (boxId) => String(holds.filter((hold) => hold.boxId === boxId).length),
    hold: (code, boxId) => String(holds.push({ code, boxId })),
    marks: (code) => marks.get(code)?.join(',') ?? '',
    mark: (code, mark) => String(marks.set(code, [...(marks.get(code) ?? []), mark]).size),
  };
  const server = createServer((request, response) => {
    const [, what = '', a = '', b = ''] = (request.url ?? '').split('/');
    setTimeout(() => response.end(answers[what]?.(a, b) ?? 'no such thing'), latencyMs);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    holds,
    marks,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
