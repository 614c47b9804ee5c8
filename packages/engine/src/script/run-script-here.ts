import type { Json } from "@drawbridge/playbook";
import type { QuickJSWASMModule } from "quickjs-emscripten";
import { evaluateScript } from "./evaluate-script.mjs";
import { ScriptError } from "./script-error.ts";

let loading: Promise<QuickJSWASMModule> | null = null;

/** Runs a script on this thread, with a fixed clock and no chance, so that a dry run repeats. Loads QuickJS when first needed. */
export async function runScriptHere(source: string, input: Json, now: number, timeoutMs = 5_000): Promise<Json> {
  loading ??= import("quickjs-emscripten").then((module) => module.newQuickJSWASMModule());
  const prelude = `{ const Real = Date; globalThis.Date = class extends Real { constructor(...all) { super(...(all.length ? all : [${now}])); } static now() { return ${now}; } }; let seed = 1; Math.random = () => (seed = (seed * 48271) % 2147483647) / 2147483647; }`;
  const result = evaluateScript(await loading, source, JSON.stringify(input), { timeoutMs, memoryBytes: 64 * 1024 * 1024, prelude });
  if (result.error) throw new ScriptError(result.error.code, result.error.message);
  return JSON.parse(result.output) as Json;
}
