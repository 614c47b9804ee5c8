export { EngineError, type EngineErrorCode, engineErrorCodes } from "./engine-error.ts";
export { ScriptError } from "./script-error.ts";
export { inputProblem } from "./input-problem.ts";
export type { ActionCaller, CallContext, Clock, Engine, EngineHost, PlaybookSource, RunListener, ScriptRunner, StartRequest } from "./ports.ts";
export { type Expectation, type Scenario, scenario, type ScenarioAnswer, type ScenarioAnswers, type ScenarioFault } from "./scenario/scenario.ts";
