export { DistributedEngine, type DistributedOptions, type EngineRole } from "./distributed-engine.ts";
