import { parseArgs, type ParseArgsConfig } from "node:util";
import { UsageError } from "./usage-error.ts";

/** Reads a command's words: its options (`--json` is always one) and exactly as many names as `names` allows. */
export function readOptions<Options extends NonNullable<ParseArgsConfig["options"]>>(
  words: readonly string[],
  options: Options,
  names: { readonly least: number; readonly most: number },
) {
  const read = parseArgs({ args: [...words], options: { ...options, json: { type: "boolean" as const, default: false } }, allowPositionals: true, strict: true });
  if (read.positionals.length < names.least || read.positionals.length > names.most)
    throw new UsageError(names.least === 0 ? "Too many names." : `Name ${names.least === names.most ? names.least : `at least ${names.least}`} file or folder.`);
  return read;
}
