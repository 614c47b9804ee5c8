import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parsePlaybookText, type Playbook } from "@drawbridge/playbook";
import { type Scenario, scenario } from "@drawbridge/engine";
import { UsageError } from "./usage-error.ts";

export interface PlaybookFile {
  readonly path: string;
  readonly result: ReturnType<typeof parsePlaybookText>;
}

/** The playbook documents at a path: a file, a playbook's folder, or a library of such folders. */
export async function findPlaybookFiles(path: string): Promise<string[]> {
  if (!existsSync(path)) throw new UsageError(`There is nothing at ${path}.`);
  if ((await stat(path)).isFile()) return [path];
  const own = join(path, "playbook.json");
  if (existsSync(own)) return [own];
  const entries = await readdir(path, { withFileTypes: true });
  const inFolders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(path, entry.name, "playbook.json"));
  const loose = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".json")).map((entry) => join(path, entry.name));
  return [...inFolders.filter((file) => existsSync(file)), ...loose].sort();
}

export async function readPlaybookFiles(paths: readonly string[]): Promise<PlaybookFile[]> {
  const files = (await Promise.all(paths.map(findPlaybookFiles))).flat();
  return Promise.all(files.map(async (path) => ({ path, result: parsePlaybookText(await readFile(path, "utf8")) })));
}

/** The playbooks of the library that a document stands in, so that its calls can be followed. */
export async function readNeighbours(file: string): Promise<Map<string, Playbook>> {
  const library = basename(file) === "playbook.json" ? dirname(dirname(file)) : dirname(file);
  const files = await readPlaybookFiles([library === "" ? "." : library]);
  return new Map(files.flatMap(({ result }) => (result.ok ? [[result.playbook.id, result.playbook] as const] : [])));
}

/** A playbook's scenarios by file name without its ending. */
export async function readScenarios(playbookFile: string): Promise<Map<string, Scenario>> {
  const folder = join(dirname(playbookFile), "scenarios");
  if (!existsSync(folder)) return new Map();
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  return new Map(await Promise.all(names.map(async (name) => [name.slice(0, -".json".length), await readScenario(join(folder, name))] as const)));
}

/** One scenario; refuses a file that is none. */
export async function readScenario(path: string): Promise<Scenario> {
  if (!existsSync(path)) throw new UsageError(`There is nothing at ${path}.`);
  const read = scenario.safeParse(JSON.parse(await readFile(path, "utf8")));
  if (!read.success) throw new UsageError(`${path} is not a scenario: ${read.error.issues.map((issue) => `/${issue.path.join("/")} ${issue.message}`).join("; ")}`);
  return read.data;
}
