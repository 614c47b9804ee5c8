import type { QuickJSWASMModule } from "quickjs-emscripten";

export type ScriptResult =
  | { readonly output: string; readonly error?: undefined }
  | { readonly output?: undefined; readonly error: { readonly code: "script-failed" | "script-timed-out" | "script-out-of-memory"; readonly message: string } };

/** Runs a function body in a fresh QuickJS: no I/O, so long and so much memory. `input` and `output` are JSON; `prelude` runs before it. */
export function evaluateScript(
  quickjs: QuickJSWASMModule,
  source: string,
  input: string,
  limits: { readonly timeoutMs: number; readonly memoryBytes: number; readonly prelude?: string },
): ScriptResult;
