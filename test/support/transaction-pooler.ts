import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

const READY = 'Z'.charCodeAt(0);
const KEY = 'K'.charCodeAt(0);
const IDLE = 'I'.charCodeAt(0);
/** Far from the numbers of the server's processes. */
const OTHER = 1_000_000_000;

/** A pooler that gives each transaction whichever session is free, as PgBouncer does with pool_mode = transaction; or a session to each, where `sessions` says so. */
export async function startPooler(
  databaseUrl: string,
  { sessions = false }: { sessions?: boolean } = {},
): Promise<{ url: string; stop(): Promise<void> }> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  /** Sessions between two transactions; the one used last is the first to be used again. */
  const free: Session[] = [];

  const server = createServer((client) => {
    sockets.add(client.on('error', () => {}));
    let session: Session | null = new Session(connect(Number(target.port || 5432), target.hostname));
    sockets.add(session.socket);
    const answer = (message: Buffer, idle: boolean) => {
      client.write(message);
      if (!idle || sessions || !session) return;
      session.heard = () => {};
      free.push(session);
      session = null;
    };
    session.heard = answer;
    client.on('data', (bytes) => {
      session ??= free.pop() ?? null;
      if (!session) throw new Error('no session is free');
      session.heard = answer;
      // Whoever leaves does not end the session.
      if (bytes[0] !== 'X'.charCodeAt(0)) session.socket.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A session of the server: cuts what it says into messages, and changes its number as poolers do. */
class Session {
  heard: (message: Buffer, idle: boolean) => void = () => {};
  private rest = Buffer.alloc(0);

  constructor(readonly socket: Socket) {
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      this.rest = Buffer.concat([this.rest, bytes]);
      for (;;) {
        const length = this.rest.length < 5 ? Number.POSITIVE_INFINITY : 1 + this.rest.readInt32BE(1);
        if (this.rest.length < length) return;
        const message = Buffer.from(this.rest.subarray(0, length));
        this.rest = this.rest.subarray(length);
        if (message[0] === KEY) message.writeInt32BE(message.readInt32BE(5) + OTHER, 5);
        this.heard(message, message[0] === READY && message[5] === IDLE);
      }
    });
  }
}
