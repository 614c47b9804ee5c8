// Runs tsc for every package, two at a time, each with its own lib and types.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";

const projects = ["packages", "apps"]
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
  .concat("test")
  .filter((path) => existsSync(`${path}/tsconfig.json`));
const only = process.argv.slice(2);
const queue = only.length > 0 ? projects.filter((path) => only.some((name) => path.endsWith(name))) : projects;
let failed = 0;

const check = (project) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ["node_modules/typescript/bin/tsc", "-p", project, "--pretty", "false"], { stdio: "inherit" });
    child.on("exit", (code) => {
      if (code !== 0) failed += 1;
      resolve();
    });
  });

const worker = async () => {
  for (let project = queue.shift(); project; project = queue.shift()) await check(project);
};
await Promise.all([worker(), worker()]);
process.exit(failed === 0 ? 0 : 1);
