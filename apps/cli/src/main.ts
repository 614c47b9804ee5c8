import { commands } from "./commands/registry.ts";
import { UsageError } from "./usage-error.ts";

const usage = `drawbridge <command> … [--json]

${Object.values(commands)
  .map((command) => `  ${command.usage.padEnd(64)} ${command.summary}`)
  .join("\n")}

Exit code 0: good; 1: findings or failures; 2: wrong use.`;

async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    console.log(usage);
    return name === undefined ? 2 : 0;
  }
  const command = commands[name];
  if (!command) throw new UsageError(`There is no command "${name}".`);
  return command.run(rest);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const wrongUse = error instanceof UsageError || (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"));
  console.error(wrongUse && error instanceof Error ? `${error.message}\n\n${usage}` : error);
  process.exitCode = wrongUse ? 2 : 1;
}
