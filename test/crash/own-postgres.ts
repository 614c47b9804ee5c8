import { execFile } from "node:child_process";
import { access, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A PostgreSQL server of the suite's own, which it may restart. */
export interface OwnPostgres {
  readonly url: string;
  /** `immediate` ends it as a crash would. */
  restart(mode: "fast" | "immediate"): Promise<void>;
  close(): Promise<void>;
}

/** Where Debian keeps PostgreSQL's programs; null when it is not installed. */
export async function postgresPrograms(): Promise<string | null> {
  const root = "/usr/lib/postgresql";
  const versions = await readdir(root).catch(() => []);
  for (const version of versions.sort((one, other) => Number(other) - Number(one))) {
    const folder = join(root, version, "bin");
    if (
      await access(join(folder, "initdb")).then(
        () => true,
        () => false,
      )
    )
      return folder;
  }
  return null;
}

export async function ownPostgres(programs: string): Promise<OwnPostgres> {
  const folder = await mkdtemp(join(tmpdir(), "drawbridge-postgres-"));
  const data = join(folder, "data");
  const root = process.getuid?.() === 0;
  if (root) await run("chown", ["postgres", folder]);
  // PostgreSQL refuses to run as root.
  const asOwner = (name: string, words: readonly string[]) => {
    const program = join(programs, name);
    return root ? run("runuser", ["-u", "postgres", "--", program, ...words], { cwd: folder }) : run(program, [...words], { cwd: folder });
  };
  const port = await freePort();
  await asOwner("initdb", ["-D", data, "-U", "drawbridge", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=on`;
  const control = (...words: string[]) => asOwner("pg_ctl", ["-D", data, "-l", join(folder, "log"), "-w", ...words]);
  await control("-o", options, "start");
  return {
    url: `postgres://drawbridge@127.0.0.1:${port}/postgres`,
    restart: async (mode) => void (await control("-o", options, "-m", mode, "restart")),
    close: async () => {
      await control("-m", "immediate", "stop").catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
