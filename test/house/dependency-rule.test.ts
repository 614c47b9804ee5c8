import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

/** What each package may import of the others. */
const allowed: Record<string, readonly string[]> = {
  "packages/playbook": [],
  "packages/interpreter": ["playbook"],
  "packages/formats": ["playbook"],
  "packages/protocol": ["playbook", "interpreter"],
  "packages/integration-kit": [],
  "packages/integrations": ["integration-kit"],
  "packages/engine": ["playbook", "interpreter", "integration-kit"],
  "apps/designer": ["playbook", "interpreter", "formats", "protocol", "engine", "integration-kit", "integrations"],
  "apps/server": ["playbook", "interpreter", "formats", "protocol", "engine", "integration-kit", "integrations"],
  "apps/cli": ["playbook", "interpreter", "formats", "protocol", "engine", "integration-kit", "integrations", "server"],
};

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) && !entry.parentPath.includes("node_modules"))
    .map((entry) => join(entry.parentPath, entry.name));
}

const importsOf = (text: string): string[] => [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1] ?? "");

describe("the one-way rule", () => {
  it("names every package and app of the house", () => {
    const present = ["packages", "apps"].flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`));
    expect(present.sort()).toEqual(Object.keys(allowed).sort());
  });

  it.each(Object.entries(allowed))("%s imports only what it may", (folder, may) => {
    const own = folder.split("/")[1] ?? "";
    const wrong = sources(join(root, folder, "src")).flatMap((file) =>
      importsOf(readFileSync(file, "utf8"))
        .filter((target) => {
          const name = /^@drawbridge\/([^/]+)/.exec(target)?.[1];
          return (name !== undefined && name !== own && !may.includes(name)) || /^(?:\.\.\/)+(?:apps|packages)\//.test(target);
        })
        .map((target) => `${file}: ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(allowed))("%s declares no package that it may not import", (folder, may) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as { dependencies?: Record<string, string>; devDependencies?: Record<string, string> };
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).flatMap((name) =>
      name.startsWith("@drawbridge/") ? [name.slice("@drawbridge/".length)] : [],
    );
    expect(declared.filter((name) => !may.includes(name))).toEqual([]);
  });

  it.each(["playbook", "interpreter", "formats", "protocol"])("%s touches nothing outside of itself", (name) => {
    const impure = /\bDate\.now\s*\(|\bnew Date\(\s*\)|\bMath\.random\s*\(|\bfetch\s*\(|\bset(?:Timeout|Interval|Immediate)\s*\(|\bprocess\.|from "node:/;
    expect(sources(join(root, "packages", name, "src")).filter((file) => impure.test(readFileSync(file, "utf8")))).toEqual([]);
  });

  it("keeps a README of under 30 lines in each package", () => {
    const long = Object.keys(allowed).filter(
      (folder) =>
        folder.startsWith("packages/") &&
        readFileSync(join(root, folder, "README.md"), "utf8")
          .trimEnd()
          .split("\n").length >= 30,
    );
    expect(long).toEqual([]);
  });
});
