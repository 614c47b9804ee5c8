export { EngineError, type EngineErrorCode, engineErrorCodes } from "./engine-error.ts";
export { ScriptError } from "./script/script-error.ts";
export { inputProblem } from "./input-problem.ts";
export type { ActionCaller, CallContext, Clock, Engine, EngineHost, EngineObserver, PlaybookSource, RunListener, ScriptRunner, StartRequest } from "./ports.ts";
export { type Expectation, type Scenario, scenario, type ScenarioAnswer, type ScenarioAnswers, type ScenarioFault } from "./scenario/scenario.ts";
export { DryRun, dryRun, type DryRunHalt, type DryRunOf, type DryRunOptions, type DryRunResult, dryRunStart } from "./dry-run/dry-run.ts";
export { runScenario, type ScenarioResult } from "./scenario/run-scenario.ts";
export { type Coverage, coverage, type Covered } from "./scenario/coverage.ts";
