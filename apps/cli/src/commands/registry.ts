import type { Command } from "../command.ts";
import { backtest } from "./backtest.ts";
import { diff } from "./diff.ts";
import { exportRun } from "./export.ts";
import { importPlaybook } from "./import.ts";
import { runPlaybook } from "./run.ts";
import { serve } from "./serve.ts";
import { test } from "./test.ts";
import { validate } from "./validate.ts";

/** Every command by its name. */
export const commands: Readonly<Record<string, Command>> = { validate, test, backtest, run: runPlaybook, import: importPlaybook, export: exportRun, diff, serve };
