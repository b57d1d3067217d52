/* The embedded OZmap in a process of its own, for contestants to ask. `node bench/peers/ozmap.ts <delay of each answer in ms>` */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { load } from './load.js';

const { startEmulator } = await load<typeof import('../../src/emulator/start.js')>('emulator/start.js');
const { generateCity } = await load<typeof import('../../src/city/generate.js')>('city/generate.js');

const emulator = await startEmulator({ city: generateCity('town'), port: 0, host: '127.0.0.1', control: true });
let requests = 0;
const delayMs = Number(process.argv[2] ?? 0);
/** Answers later than the embedded OZmap does, and counts. */
const slow = createServer((incoming, outgoing) => {
  requests += 1;
  setTimeout(() => {
    const passed = request(
      emulator.url + incoming.url,
      { method: incoming.method ?? 'GET', headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(passed);
  }, delayMs);
});
if (delayMs > 0) await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
const url = delayMs > 0 ? `http://127.0.0.1:${(slow.address() as AddressInfo).port}` : emulator.url;
// Nobody asks any more.
process.on('disconnect', () => process.exit());
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({
    cpuMs: (user + system) / 1_000,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
    heapMb: process.memoryUsage().heapUsed / 2 ** 20,
    requests,
  });
});
process.send?.({ url });
