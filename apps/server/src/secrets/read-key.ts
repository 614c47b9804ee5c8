import { randomBytes } from "node:crypto";
import { chmod, link, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StartError } from "../start-error.ts";

const decode = (text: string): Buffer => Buffer.from(text.trim(), /^[0-9a-f]{64}$/i.test(text.trim()) ? "hex" : "base64");

/** The key that secrets are sealed with: the one given, else that of the home folder, made at the first start with mode 0600. */
export async function readKey(home: string, given: string | null): Promise<Buffer> {
  if (given !== null) {
    const key = decode(given);
    if (key.length !== 32) throw new StartError("invalid-option", "DRAWBRIDGE_KEY must be 32 bytes, as base64 or hex.");
    return key;
  }
  const path = join(home, "key");
  await makeOnce(path, `${randomBytes(32).toString("base64")}\n`);
  if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, 0o600);
  const key = decode(await readFile(path, "utf8"));
  if (key.length !== 32) throw new StartError("invalid-option", `The key file ${path} does not hold 32 bytes.`);
  return key;
}

/** Linked when it is whole: another process that starts at the same time never reads half of it. */
async function makeOnce(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, text, { mode: 0o600, flag: "wx" });
  try {
    await link(draft, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
