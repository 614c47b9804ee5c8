export { createServer, type RunningServer } from "./create-server.ts";
export { optionsFromEnvironment, type ServerOptions } from "./options.ts";
export { samplePassword, samplePeople } from "./sign-in/first-people.ts";
export { StartError } from "./start-error.ts";
