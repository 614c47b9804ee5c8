export { type Expectation, type Scenario, scenario, type ScenarioAnswer, type ScenarioAnswers, type ScenarioFault } from "./scenario/scenario.ts";
