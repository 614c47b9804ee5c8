// Plain JavaScript, because a worker thread of Node 20 cannot load TypeScript.
import { parentPort, workerData } from "node:worker_threads";
import Sqlite from "better-sqlite3";
import { deflated } from "../store/deflated.mjs";

const db = new Sqlite(workerData.path);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.pragma(`busy_timeout = ${workerData.busyMs}`);
const statements = Object.fromEntries(Object.entries(workerData.statements).map(([name, sql]) => [name, db.prepare(sql)]));

/** All of it in one transaction, synced to disk when this returns. */
const commit = db.transaction((changes) => {
  for (const [name, values] of changes) statements[name].run(...values);
});

/** Done before the transaction, which holds up whoever else writes. */
const deflate = (changes) => {
  for (const [name, values] of changes) {
    const long = workerData.deflate[name];
    if (long !== undefined) values[long] = deflated(values[long]);
  }
};

parentPort.on("message", ({ id, changes }) => {
  if (changes === null) {
    db.close();
    parentPort.postMessage({ id });
    parentPort.close();
    return;
  }
  try {
    deflate(changes);
    commit.immediate(changes);
    parentPort.postMessage({ id });
  } catch (error) {
    parentPort.postMessage({ id, error: { message: String(error.message ?? error), code: String(error.code ?? "") } });
  }
});
