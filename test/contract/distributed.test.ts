import { postgresServer } from "@drawbridge/engine/testing";
import { describe } from "vitest";
import { contract } from "./contract.ts";
import { distributed } from "./distributed-subject.ts";

describe.skipIf(postgresServer === undefined)(distributed.name, () => {
  for (const behaviours of contract) behaviours(distributed);
});
