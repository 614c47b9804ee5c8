import { parentPort } from "node:worker_threads";
import { newQuickJSWASMModule } from "quickjs-emscripten";
import { evaluateScript } from "./evaluate-script.mjs";

const quickjs = await newQuickJSWASMModule();
parentPort.on("message", ({ source, input, limits }) => {
  let result;
  try {
    result = evaluateScript(quickjs, source, input, limits);
  } catch (error) {
    result = { error: { code: "script-out-of-memory", message: "The script broke its sandbox's memory." }, broken: String(error) };
  }
  parentPort.postMessage(result);
});
