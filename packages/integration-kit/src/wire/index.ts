export { createHttpClient, type HttpClient, type HttpClientOptions } from "./http-client.ts";
export { createGuardedAgents, type GuardedAgents } from "./guarded-agents.ts";
export { serveHttpSimulator, type ServedHttpSimulator } from "./serve-http-simulator.ts";
export type { Serve, Served } from "./serve.ts";
