import type { Wire } from "@drawbridge/integration-kit";
import { activeDirectoryWire } from "./active-directory/wire.ts";
import { casesWire } from "./cases/wire.ts";
import { code42Wire } from "./code42/wire.ts";
import { cortexXdrWire } from "./cortex-xdr/wire.ts";
import { httpWire } from "./http/wire.ts";
import { mailWire } from "./mail/wire.ts";

/** How each integration reaches its real vendor, by integration id; Node only. */
export const wires: Readonly<Record<string, Wire>> = {
  "active-directory": activeDirectoryWire,
  cases: casesWire,
  code42: code42Wire,
  "cortex-xdr": cortexXdrWire,
  http: httpWire,
  mail: mailWire,
};
