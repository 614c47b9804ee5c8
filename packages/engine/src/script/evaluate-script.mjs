// Plain JavaScript, because a worker thread of Node 20 cannot load TypeScript.

const harness = `"use strict";
(() => {
  const result = new Function("input", globalThis.__source)(JSON.parse(globalThis.__input));
  if (result !== null && typeof result === "object" && typeof result.then === "function") throw new TypeError("a script cannot return a promise");
  return JSON.stringify(result === undefined ? null : result);
})()`;

/** Runs a function body in a fresh QuickJS: no I/O, so long and so much memory. */
export function evaluateScript(quickjs, source, input, { timeoutMs, memoryBytes, prelude }) {
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(memoryBytes);
  runtime.setMaxStackSize(256 * 1024);
  const deadline = Date.now() + timeoutMs;
  let late = false;
  runtime.setInterruptHandler(() => (late ||= Date.now() > deadline));
  const context = runtime.newContext();
  try {
    for (const [name, text] of [
      ["__source", source],
      ["__input", input],
    ]) {
      const handle = context.newString(text);
      context.setProp(context.global, name, handle);
      handle.dispose();
    }
    if (prelude) context.unwrapResult(context.evalCode(prelude)).dispose();
    const result = context.evalCode(harness);
    if (result.error) {
      const thrown = context.dump(result.error);
      result.error.dispose();
      return { error: failure(thrown, late, timeoutMs) };
    }
    const output = context.dump(result.value);
    result.value.dispose();
    return typeof output === "string" ? { output } : { error: { code: "script-failed", message: "What the script returned cannot be written as JSON." } };
  } finally {
    context.dispose();
    runtime.dispose();
  }
}

function failure(thrown, late, timeoutMs) {
  if (late) return { code: "script-timed-out", message: `The script took longer than ${timeoutMs} ms.` };
  const { name = "Error", message = String(thrown) } = thrown !== null && typeof thrown === "object" ? thrown : {};
  if (thrown === null || (name === "InternalError" && message === "out of memory")) return { code: "script-out-of-memory", message: "The script used more memory than it may." };
  return { code: "script-failed", message: `${name}: ${message}`.slice(0, 2_000) };
}
