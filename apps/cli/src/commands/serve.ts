import { createServer, optionsFromEnvironment, StartError } from "@drawbridge/server";
import type { Command } from "../command.ts";
import { readOptions } from "../options.ts";

/** Starts the server without the sample world, and stops it when the process is told to. */
export const serve: Command = {
  usage: "serve [--port <number>] [--home <folder>] [--json]",
  summary: "start the server, without the sample world",
  run: async (words) => {
    const { values } = readOptions(words, { port: { type: "string" }, home: { type: "string" } }, { least: 0, most: 0 });
    const environment = { ...process.env, ...(values.port === undefined ? {} : { PORT: values.port }), ...(values.home === undefined ? {} : { DRAWBRIDGE_HOME: values.home }) };
    let server;
    try {
      server = await createServer({ ...optionsFromEnvironment(environment), sampleWorld: false });
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      console.error(`${error.code}: ${error.message}`);
      return 2;
    }
    if (values.json) console.log(JSON.stringify({ url: server.url, notices: server.notices }));
    else for (const line of [server.greeting, ...server.notices]) console.log(line);
    await new Promise((resolve) => {
      process.once("SIGINT", resolve);
      process.once("SIGTERM", resolve);
    });
    await server.close();
    return 0;
  },
};
