export { type Action, type ActionContext, defineAction } from "./action.ts";
export { ActionError, type ActionErrorCode, actionErrorCodes, type ActionErrorOptions } from "./action-error.ts";
export { type ActionCall, callAction } from "./call-action.ts";
export { type ActionFacts, catalogOf, type IntegrationCatalog, type IntegrationFacts } from "./catalog-of.ts";
export { CallRecorder, type HttpExchange } from "./http/call-recorder.ts";
export { redactedExchange } from "./http/redacted-exchange.ts";
export { createFaultBook, type FaultBook, faultResponse } from "./http/fault-book.ts";
export { type HttpRequest, type HttpResponse, type HttpTransport, pathWithQuery } from "./http/http-transport.ts";
export { createJsonClient, type JsonClient, type JsonClientOptions, type JsonRequest } from "./http/json-client.ts";
export { responseError } from "./http/response-error.ts";
export { simulatorTransport } from "./http/simulator-transport.ts";
export {
  defineIntegration,
  type Fault,
  type HttpSimulation,
  type HttpSimulator,
  type Integration,
  type Simulation,
  type TileColor,
  type Wire,
  type WireHost,
} from "./integration.ts";
export type { Json } from "./json.ts";
export { redact } from "./redact.ts";
export { type ActionRegistry, registerActions, type RegisteredAction } from "./register-actions.ts";
export { secretFields } from "./secret-fields.ts";
