export { EngineOnDisk } from "./engine-on-disk.ts";
export { playbookOf } from "./playbook-of.ts";
export { callerOf, type Service, startService } from "./service.ts";
