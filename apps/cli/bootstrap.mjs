// Runs before anything is installed: `npm start` and `npm test`. Plain Node, no dependencies.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeFlags } from "../server/node-flags.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
process.chdir(root);
const { packageManager } = JSON.parse(readFileSync("package.json", "utf8"));
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Drawbridge needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(2);
}

const windows = process.platform === "win32";
const local = join("node_modules", ".bin", windows ? "pnpm.cmd" : "pnpm");
const pnpm = () => (existsSync(local) ? [local] : [windows ? "npx.cmd" : "npx", "--yes", packageManager]);

/** Runs a command in the foreground and tells whether it succeeded. */
function run(command, environment = {}) {
  const [program, ...words] = command;
  return spawnSync(program, words, { stdio: "inherit", shell: windows, env: { ...process.env, ...environment } }).status === 0;
}

/** A fingerprint of files by path, size and time: cheap, and it changes when any of them does. */
function fingerprint(paths) {
  const hash = createHash("sha256").update(process.version);
  const visit = (path) => {
    const facts = statSync(path);
    if (facts.isDirectory()) {
      for (const name of readdirSync(path).sort()) if (!["node_modules", "dist", ".git"].includes(name)) visit(join(path, name));
    } else hash.update(`${path}:${facts.size}:${facts.mtimeMs}\n`);
  };
  for (const path of paths) if (existsSync(path)) visit(path);
  return hash.digest("hex");
}

/** Does the work unless the stamp says that nothing it depends on has changed. */
function once(stamp, paths, ready, work) {
  const mark = fingerprint(paths);
  if (ready() && existsSync(stamp) && readFileSync(stamp, "utf8") === mark) return true;
  if (!work()) return false;
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, mark);
  return true;
}

const manifests = () => [
  "package.json",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "test/package.json",
  ...["apps", "packages"].flatMap((folder) => readdirSync(folder).map((name) => join(folder, name, "package.json"))),
];

const install = () =>
  once(
    "node_modules/.cache/drawbridge/installed",
    manifests(),
    () => existsSync(local),
    () => {
      console.log("Installing what the lock file names …");
      return run([...pnpm(), "install", "--frozen-lockfile", "--config.confirm-modules-purge=false"]);
    },
  );

const build = () =>
  once(
    "node_modules/.cache/drawbridge/built",
    ["apps", "packages", "pnpm-lock.yaml"],
    () => existsSync("apps/server/dist/main.js") && existsSync("apps/designer/dist/index.html"),
    () => {
      console.log("Building the designer and the server …");
      return run([...pnpm(), "build"]);
    },
  );

function start() {
  if (!install() || !build()) process.exit(1);
  const server = spawn(process.execPath, [...nodeFlags, "apps/server/dist/main.js"], { stdio: "inherit", env: { DRAWBRIDGE_SAMPLE_WORLD: "1", ...process.env } });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
  server.on("exit", (code, signal) => process.exit(signal ? 0 : (code ?? 1)));
}

/** Programs that some tests need beside Node; what is missing is named, and those tests say so. */
const programs = { chromium: ["/usr/bin/chromium"], slapd: ["/usr/sbin/slapd"], ldapsearch: ["/usr/bin/ldapsearch"] };

function test() {
  if (!install()) process.exit(1);
  const missing = Object.entries(programs)
    .filter(([, paths]) => !paths.some((path) => existsSync(path)))
    .map(([name]) => name);
  if (missing.length > 0) console.log(`Not on this machine, so the tests that need them cannot run: ${missing.join(", ")}.`);
  if (!process.env.DRAWBRIDGE_TEST_DATABASE_URL) console.log("No DRAWBRIDGE_TEST_DATABASE_URL, so no PostgreSQL: the tests of several processes cannot run.");
  const gates = [
    ["format", ["format", "--check"]],
    ["lint", ["lint"]],
    ["typecheck", ["typecheck"]],
  ];
  let passed = 0;
  const failures = [];
  const count = (name, good) => (good ? (passed += 1) : failures.push(name));
  for (const [name, words] of gates) {
    console.log(`\n— ${name}`);
    count(name, run([...pnpm(), ...words]));
  }
  console.log("\n— build");
  const built = build();
  count("build", built);
  console.log("\n— playbook library");
  count("playbook library", run([...pnpm(), "--silent", "drawbridge", "test", "playbook-library"]));
  console.log("\n— tests");
  const report = "node_modules/.cache/drawbridge/tests.json";
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const ran = run([process.execPath, "node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]);
  const result = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : null;
  if (!result) failures.push("vitest did not report");
  else {
    passed += result.numPassedTests;
    const cases = result.testResults.flatMap((file) => file.assertionResults);
    for (const each of cases.filter((one) => one.status === "failed")) failures.push(each.fullName);
    if (!ran && result.numFailedTests === 0) failures.push("a test file could not be run, or something failed outside of a test");
    const skipped = cases.filter((one) => !["passed", "failed"].includes(one.status));
    for (const each of skipped) console.log(`Skipped: ${each.fullName}`);
    if (process.env.CI === "true") for (const each of skipped) failures.push(`skipped in CI: ${each.fullName}`);
  }
  for (const name of failures) console.log(`Failed: ${name}`);
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exit(failures.length === 0 ? 0 : 1);
}

const commands = { start, test };
const command = commands[process.argv[2]];
if (!command) {
  console.error("Use: node apps/cli/bootstrap.mjs start|test");
  process.exit(2);
}
command();
