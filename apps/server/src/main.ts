import { createServer } from "./create-server.ts";
import { optionsFromEnvironment } from "./options.ts";
import { StartError } from "./start-error.ts";

process.on("unhandledRejection", (reason) => console.error("A promise failed without anybody waiting for it:", reason));
process.on("uncaughtException", (error) => console.error("An error that nothing had foreseen:", error));

try {
  const server = await createServer(optionsFromEnvironment(process.env));
  console.log(server.greeting);
  for (const notice of server.notices) console.log(notice);
  let asked = 0;
  const stop = () => {
    asked += 1;
    if (asked > 1) process.exit(1);
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stop);
} catch (error) {
  console.error(error instanceof StartError ? `${error.code}: ${error.message}` : error instanceof Error ? error.message : error);
  process.exit(error instanceof StartError ? 2 : 1);
}
