import type { Engine } from "@drawbridge/engine";
import type { Json } from "@drawbridge/playbook";
import { maySeeCase } from "../access/visible.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Audit } from "../audit/audit.ts";
import type { PlaybookShelf } from "../playbooks/playbook-shelf.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import type { Store } from "../store/store.ts";

interface Parts {
  readonly store: Store;
  readonly engine: Engine;
  readonly shelf: PlaybookShelf;
  readonly audit: Audit;
}

interface Wanted {
  readonly playbook: string;
  readonly input: { readonly [key: string]: Json };
  readonly kind: "manual" | "case" | "war-room";
  readonly caseId?: string | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** The live version of a playbook; throws `not-published` when there is none. */
export async function liveVersion(shelf: PlaybookShelf, id: string) {
  const live = await shelf.read(id);
  if (live) return live;
  await shelf.demand(id);
  throw new ProblemError("not-published", "Publish the playbook first; runs use the published version.");
}

/** Starts a run as a person, on a case that they may see; resolves with its id once it is durable. */
export async function startRun({ store, engine, shelf, audit }: Parts, viewer: Viewer, { playbook, input, kind, caseId, idempotencyKey }: Wanted): Promise<string> {
  await liveVersion(shelf, playbook);
  if (caseId !== undefined && (!(await maySeeCase(store, viewer, caseId)) || !(await store.first(store.sql.selectFrom("cases").select("id").where("id", "=", caseId)))))
    throw notFound("case");
  const { run } = await engine.start({
    playbook,
    input,
    trigger: { kind, by: viewer.email },
    ...(caseId === undefined ? {} : { case: caseId }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey: `person/${viewer.id}/${idempotencyKey}` }),
  });
  await audit.write(viewer.email, "run-started", { run, playbook });
  return run;
}
