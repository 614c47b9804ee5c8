import { ActionError, createFaultBook, type Fault, type Json, type Simulation } from "@drawbridge/integration-kit";
import type { DirectoryClient } from "../directory-client.ts";
import { type Filter, filterText } from "../filter.ts";
import { resultCodes, resultError } from "../result-error.ts";
import { Directory } from "./directory.ts";
import { directorySeed } from "./directory-seed.ts";
import { sampleDirectory } from "./sample-directory.ts";

/** The simulated directory with its faults and its record of changes; the LDAP server and dry runs share it. */
export interface DirectorySimulation extends Simulation<DirectoryClient> {
  readonly directory: Directory;
  /** The fault to play for a request, if one waits. */
  readonly takeFault: (request: DirectoryRequest) => Fault | null;
  readonly recordChange: (dn: string) => void;
}

/** As much of a request as tells which action sends it. */
export type DirectoryRequest = { readonly kind: "search"; readonly scope: "base" | "one" | "sub"; readonly filter: Filter } | { readonly kind: "modify" };

/** Starts a directory from a seed, the sample company without one. A look-up by distinguished name counts as `get-manager`, as that is how the manager is read. */
export function simulateDirectory(seed: Json, clock: () => number): DirectorySimulation {
  const directory = new Directory(directorySeed.parse(seed ?? sampleDirectory));
  const faults = createFaultBook();
  const changes: { what: string; at: number }[] = [];

  const takeFault = (request: DirectoryRequest): Fault | null => faults.take(actionsBehind(request));
  const recordChange = (dn: string) => void changes.push({ what: `modify ${dn}`, at: clock() });
  const refuseWhenFaulty = (request: DirectoryRequest) => {
    const fault = takeFault(request);
    if (fault !== null) throw faultError(fault);
  };

  return {
    directory,
    takeFault,
    recordChange,
    client: () => ({
      search: async ({ base = directory.baseDn, scope, filter, attributes, limit }) => {
        refuseWhenFaulty({ kind: "search", scope, filter });
        const answer = directory.search(base, scope, filter, attributes);
        if (!answer.ok) throw resultError(answer.result, answer.diagnostic);
        return answer.entries.slice(0, limit);
      },
      modify: async (dn, wanted) => {
        refuseWhenFaulty({ kind: "modify" });
        const answer = directory.modify(dn, wanted);
        if (!answer.ok) throw resultError(answer.result, answer.diagnostic);
        recordChange(dn);
      },
    }),
    state: () => ({ users: [...directory.entries()].filter((entry) => directory.valuesOf(entry, "objectClass").includes("user")).map((entry) => userState(directory, entry)) }),
    changes: () => [...changes],
    fail: faults.add,
  };
}

/** The LDAP result that a fault plays; null for a request that is never answered. */
export function faultResult(fault: Fault): number | null {
  if (fault.code === "timed-out") return null;
  return fault.code === "rate-limited" ? resultCodes.busy : fault.code === "permission-denied" ? resultCodes.insufficientAccessRights : resultCodes.unavailable;
}

function faultError(fault: Fault): ActionError {
  const result = faultResult(fault);
  return result === null ? new ActionError("timed-out", "The directory did not answer in time.", { retryable: true }) : resultError(result, "Simulated fault.");
}

function actionsBehind(request: DirectoryRequest): readonly string[] {
  if (request.kind === "modify") return ["disable-user", "enable-user"];
  if (request.scope === "base") return ["get-manager"];
  return filterText(request.filter).includes("(objectClass=group)") ? ["get-groups"] : ["get-user"];
}

function userState(directory: Directory, entry: Parameters<Directory["valuesOf"]>[0]): Json {
  const first = (attribute: string) => directory.valuesOf(entry, attribute)[0] ?? null;
  return { dn: entry.dn, username: first("sAMAccountName"), email: first("mail"), enabled: (Number(first("userAccountControl") ?? "512") & 2) === 0 };
}
