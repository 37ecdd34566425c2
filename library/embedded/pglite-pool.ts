import { Duplex } from 'node:stream';
import pg from 'pg';
import { AppError } from '../errors.ts';

/** AuthenticationOk and ReadyForQuery(idle): the greeting that a Postgres server would send. */
const GREETING = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
const TERMINATE = 0x58;

/** How long a query may wait for the one session before it is refused: longer means that a transaction was left open. */
const SESSION_WAIT_MS = 60_000;

/** The socket that `pg` thinks it has. `_writev` sends what pg corked (Parse … Sync) as one message: one round trip a query. */
class WireStream extends Duplex {
  private greeted = false;
  private readonly exec: (bytes: Uint8Array) => Promise<Uint8Array>;

  constructor(exec: (bytes: Uint8Array) => Promise<Uint8Array>) {
    super();
    this.exec = exec;
  }
  connect() {
    setImmediate(() => this.emit('connect'));
    return this;
  }
  setNoDelay() {
    return this;
  }
  setKeepAlive() {
    return this;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  override _read() {
    // Bytes are pushed when a reply arrives.
  }
  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void) {
    this.send(chunk, done);
  }
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error) => void) {
    this.send(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }
  private send(bytes: Buffer, done: (error?: Error) => void) {
    if (!this.greeted) {
      this.greeted = true;
      this.push(GREETING);
      done();
    } else if (bytes[0] === TERMINATE) {
      done();
      this.push(null);
    } else {
      this.exec(bytes).then(reply => {
        this.push(reply);
        done();
      }, done);
    }
  }
}

/**
 * PGlite is one session, so one client owns it at a time, from the first statement of a transaction to its end.
 * `prior` clients (searches) go before the others.
 */
function createSession() {
  interface Waiter {
    client: object;
    go: () => void;
  }
  let owner: object | null = null;
  const queues: { prior: Waiter[]; other: Waiter[] } = { prior: [], other: [] };

  const acquire = (client: object, prior: boolean): Promise<void> => {
    if (owner === client) return Promise.resolve();
    if (owner === null) {
      owner = client;
      return Promise.resolve();
    }
    const queue = prior ? queues.prior : queues.other;
    return new Promise((resolve, reject) => {
      const waiter = {
        client,
        go: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(waiter), 1);
        reject(
          new AppError(
            'library-busy',
            'The database was busy for a minute. Try again; if it lasts, restart.',
          ),
        );
      }, SESSION_WAIT_MS);
      queue.push(waiter);
    });
  };

  const release = (client: object) => {
    if (owner !== client) return;
    const next = queues.prior.shift() ?? queues.other.shift();
    owner = next?.client ?? null;
    next?.go();
    // Its other queries that wait go along: behind the next owner's back they would wait for their own client for ever.
    for (const queue of Object.values(queues)) {
      for (const waiter of queue.filter(({ client: waiting }) => waiting === owner)) {
        queue.splice(queue.indexOf(waiter), 1);
        waiter.go();
      }
    }
  };
  return { acquire, release };
}

type Callback = (error: Error | null, result?: unknown) => void;
interface PgConnection {
  on(event: string, listener: (message: { status?: string } & pg.Notification) => void): void;
}

/**
 * Two pools over one PGlite: `pool` for everything, `readPool` whose queries go first.
 * Transactions are isolated, notifications reach every client, errors are pg's own.
 */
export function createPglitePools(exec: (bytes: Uint8Array) => Promise<Uint8Array>): {
  pool: pg.Pool;
  readPool: pg.Pool;
} {
  const session = createSession();
  const clients = new Set<pg.Client>();

  const clientClass = (prior: boolean) =>
    class PgliteClient extends pg.Client {
      private transaction = 'I';
      private pending = 0;

      constructor(config: pg.ClientConfig) {
        super({ ...config, stream: (() => new WireStream(exec)) as unknown as pg.ClientConfig['stream'] });
        clients.add(this);
        const { connection } = this as unknown as { connection: PgConnection };
        connection.on('readyForQuery', message => {
          this.transaction = message?.status ?? 'I';
        });
        connection.on('notification', message => {
          for (const client of clients) if (client !== this) client.emit('notification', message);
        });
      }

      // biome-ignore lint/suspicious/noExplicitAny: pg's own overloads
      override query(text: any, values?: any, callback?: any): any {
        const done: Callback | undefined = typeof values === 'function' ? values : callback;
        const parameters = typeof values === 'function' ? undefined : values;
        this.pending += 1;
        const answer = session
          .acquire(this, prior)
          .then(() => super.query(text, parameters))
          .finally(() => {
            this.pending -= 1;
            if (this.pending === 0 && this.transaction === 'I') session.release(this);
          });
        if (!done) return answer;
        answer.then(
          result => done(null, result),
          error => done(error),
        );
      }

      // biome-ignore lint/suspicious/noExplicitAny: pg's own overloads
      override end(callback?: any): any {
        clients.delete(this);
        session.release(this);
        return super.end(callback);
      }
    };

  const open = (prior: boolean, max: number) =>
    new pg.Pool({
      Client: clientClass(prior),
      max,
      idleTimeoutMillis: 0,
      keepAlive: true,
    } as unknown as pg.PoolConfig);
  return { pool: open(false, 50), readPool: open(true, 8) };
}
