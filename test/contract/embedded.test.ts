import { describe } from "vitest";
import { contract } from "./contract.ts";
import { embedded } from "./embedded-subject.ts";

describe(embedded.name, () => {
  for (const behaviours of contract) behaviours(embedded);
});
