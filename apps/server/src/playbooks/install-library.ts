import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parsePlaybookText, type Playbook } from "@drawbridge/playbook";
import type { Log } from "../log.ts";
import type { PlaybookShelf } from "./playbook-shelf.ts";

/** Puts the shipped playbooks on the shelf, those that are called before those that call. */
export async function installLibrary(folder: string, shelf: PlaybookShelf, log: Log): Promise<void> {
  if (!existsSync(folder)) return;
  const playbooks = new Map<string, Playbook>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name, "playbook.json");
    if (!entry.isDirectory() || !existsSync(file)) continue;
    const read = parsePlaybookText(await readFile(file, "utf8"));
    if (read.ok) playbooks.set(read.playbook.id, read.playbook);
    else log.warn({ playbook: entry.name, problem: read.problems[0] }, "a shipped playbook cannot be read");
  }
  const done = new Set<string>();
  let installed = 0;
  const install = async (playbook: Playbook) => {
    if (done.has(playbook.id)) return;
    done.add(playbook.id);
    for (const step of Object.values(playbook.steps)) {
      const called = step.kind === "call" ? playbooks.get(step.playbook) : undefined;
      if (called) await install(called);
    }
    if (!(await shelf.install(playbook))) return;
    installed += 1;
    log.info({ playbook: playbook.id }, "installed a shipped playbook");
  };
  for (const playbook of playbooks.values()) await install(playbook);
  if (installed > 0) await shelf.recount([...playbooks.keys()]);
}
