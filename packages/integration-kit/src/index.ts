export { type Action, type ActionContext, defineAction } from "./action.ts";
export { ActionError, type ActionErrorCode, actionErrorCodes } from "./action-error.ts";
export { defineIntegration, type Fault, type HttpSimulator, type Integration, type Simulation, type TileColor, type Wire, type WireHost } from "./integration.ts";
export type { Json } from "./json.ts";
