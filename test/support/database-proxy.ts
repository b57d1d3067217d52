import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a database server that a test may cut. */
export interface DatabaseProxy {
  /** The database's address by this way. */
  url: string;
  /** Ends all connections as a server that restarts does, and lets in no other until `open`. */
  restart(): void;
  open(): void;
  /** Keeps all connections and takes new ones, but hands nothing on any more; what was silenced stays so after `open`. */
  silence(): void;
  /** Closes all connections as a router does that has heard nothing for long. */
  closeAll(): void;
  stop(): Promise<void>;
}

/** Listens on loopback and hands everything on to the server of `databaseUrl`. */
export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let state: 'open' | 'refusing' | 'silent' = 'open';
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
  };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    keep(client);
    if (state === 'refusing') return void client.resetAndDestroy();
    if (state === 'silent') return void client.resume();
    const upstream = connect({ port: Number(target.port || 5432), host: target.hostname, allowHalfOpen: true });
    keep(upstream);
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    restart() {
      state = 'refusing';
      for (const socket of sockets) socket.resetAndDestroy();
    },
    open() {
      state = 'open';
    },
    silence() {
      state = 'silent';
      // Read on, or the end of a connection would not be noticed.
      for (const socket of sockets) socket.unpipe().resume();
    },
    closeAll() {
      for (const socket of sockets) socket.destroy();
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
