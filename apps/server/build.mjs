// Bundles the server into dist/: main.js, its chunks, and each worker thread. Packages with native code stay outside.
import { copyFile, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dist = here("dist");
const workers = new Map();

/** A worker's file is found beside the chunk that starts it, so all lie in one folder. */
const besideEachOther = {
  name: "workers",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text.replace(/new Worker\(new URL\("([^"]+)", import\.meta\.url\)/g, (_whole, file) => {
        workers.set(basename(file, ".mjs"), join(dirname(path), file));
        return `new Worker(new URL("./${basename(file)}", import.meta.url)`;
      });
      return { contents, loader: "ts" };
    }),
};

/** Readable and without source maps: those would cost more memory than the rest of an idle server. TypeScript is for configuration files of Graphile Worker, which are not read. */
const common = {
  outdir: dist,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  legalComments: "none",
  logLevel: "warning",
  external: ["better-sqlite3", "@node-rs/argon2", "pdfmake", "pdfmake/*", "typescript"],
  banner: { js: 'import { createRequire as drawbridgeRequire } from "node:module"; const require = drawbridgeRequire(import.meta.url);' },
};

await rm(dist, { recursive: true, force: true });
await build({ ...common, entryPoints: { main: here("src/main.ts") }, splitting: true, plugins: [besideEachOther] });
await build({ ...common, entryPoints: Object.fromEntries(workers), outExtension: { ".js": ".mjs" } });

const engine = createRequire(here("../../packages/engine/package.json"));
const quickjs = createRequire(engine.resolve("quickjs-emscripten"));
await copyFile(quickjs.resolve("@jitl/quickjs-wasmfile-release-sync/wasm"), join(dist, "emscripten-module.wasm"));
