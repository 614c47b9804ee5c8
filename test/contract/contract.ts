import { asks } from "./behaviours/asks.ts";
import { calls } from "./behaviours/calls.ts";
import { control } from "./behaviours/control.ts";
import { crashes } from "./behaviours/crashes.ts";
import { deleting } from "./behaviours/deleting.ts";
import { doubts } from "./behaviours/doubts.ts";
import { items } from "./behaviours/items.ts";
import { limits } from "./behaviours/limits.ts";
import { payloads } from "./behaviours/payloads.ts";
import { records } from "./behaviours/records.ts";
import { refusals } from "./behaviours/refusals.ts";
import { retries } from "./behaviours/retries.ts";
import { signals } from "./behaviours/signals.ts";
import { starting } from "./behaviours/starting.ts";
import { stopping } from "./behaviours/stopping.ts";
import { timing } from "./behaviours/timing.ts";
import { traces } from "./behaviours/traces.ts";
import { ways } from "./behaviours/ways.ts";
import type { ContractSubject } from "./subject.ts";

/** What every engine does, whatever keeps its runs. */
export const contract: readonly ((subject: ContractSubject) => void)[] = [
  starting,
  ways,
  timing,
  asks,
  signals,
  retries,
  doubts,
  calls,
  items,
  control,
  payloads,
  records,
  traces,
  limits,
  deleting,
  stopping,
  crashes,
  refusals,
];
