// Bundles the server into dist/main.js; packages with native code or worker threads stay outside.
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
await rm(here("dist"), { recursive: true, force: true });
await build({
  entryPoints: { main: here("src/main.ts") },
  outdir: here("dist"),
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: true,
  sourcesContent: false,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  logLevel: "warning",
  external: ["better-sqlite3", "@node-rs/argon2", "pdfmake", "pdfmake/*"],
  banner: { js: 'import { createRequire as drawbridgeRequire } from "node:module"; const require = drawbridgeRequire(import.meta.url);' },
});
