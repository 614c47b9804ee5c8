export { EngineOnDisk } from "./engine-on-disk.ts";
export { EnginesOnPostgres } from "./engines-on-postgres.ts";
export { freshPostgres, postgresServer } from "./fresh-postgres.ts";
export { playbookOf } from "./playbook-of.ts";
export { callerOf, type Service, startService } from "./service.ts";
