import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

const limits = { maxWorkers: 2, testTimeout: 30_000, hookTimeout: 60_000 };
const exclude = ["**/node_modules/**", "**/dist/**"];
/** Every test that starts a server, once more over PostgreSQL where there is one. */
const ofServers = (): string[] =>
  readdirSync("apps/server/src", { recursive: true, encoding: "utf8" })
    .map((path) => `apps/server/src/${path}`)
    .filter((path) => path.endsWith(".test.ts") && readFileSync(path, "utf8").includes("startTestServer("));

export default defineConfig({
  test: {
    ...limits,
    projects: [
      { test: { ...limits, exclude, name: "all", include: ["packages/**/*.test.{ts,tsx}", "apps/**/*.test.{ts,tsx}", "test/**/*.test.ts"] } },
      ...(process.env["DRAWBRIDGE_TEST_DATABASE_URL"]
        ? [{ test: { ...limits, testTimeout: 60_000, exclude, name: "postgres", include: ofServers(), env: { DRAWBRIDGE_TEST_STORE: "postgres" } } }]
        : []),
    ],
  },
});
