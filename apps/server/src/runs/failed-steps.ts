import type { Playbook } from "@drawbridge/playbook";
import type { RunSummary } from "@drawbridge/protocol";
import type { Viewer } from "../access/viewer.ts";
import type { Store } from "../store/store.ts";
import { addReaders, namesMember, openingSteps } from "./secret-steps.ts";

type VersionOf = (playbook: string, version: number) => Promise<Playbook | null>;

const mostKept = 500;

/** Which failed steps a viewer may be told of in lists: none that could tell of a restricted case. */
export class FailedSteps {
  readonly #store: Store;
  readonly #version: VersionOf;
  readonly #secret = new Map<string, ReadonlySet<string>>();

  constructor(store: Store, version: VersionOf) {
    this.#store = store;
    this.#version = version;
  }

  async mayTell(viewer: Viewer, playbook: string, version: number, step: string): Promise<boolean> {
    return viewer.role === "admin" || !(await this.#secretOf(viewer, playbook, version)).has(step);
  }

  /** The summary as the viewer may read it. */
  async told(viewer: Viewer, run: RunSummary): Promise<RunSummary> {
    return run.failedStep === null || (await this.mayTell(viewer, run.playbook.id, run.playbook.version, run.failedStep)) ? run : { ...run, failedStep: null };
  }

  /** The versions of playbooks of whose failures at this step the viewer may not be told. */
  async untold(viewer: Viewer, step: string): Promise<{ readonly playbook_id: string; readonly playbook_version: number }[]> {
    if (viewer.role === "admin") return [];
    const all = await this.#store.all(this.#store.sql.selectFrom("runs").select(["playbook_id", "playbook_version"]).distinct().where("failed_step", "=", step));
    const untold: { readonly playbook_id: string; readonly playbook_version: number }[] = [];
    for (const each of all) if (!(await this.mayTell(viewer, each.playbook_id, each.playbook_version, step))) untold.push(each);
    return untold;
  }

  async #secretOf({ email }: Viewer, id: string, version: number): Promise<ReadonlySet<string>> {
    const key = `${email} ${id}@${version}`;
    const known = this.#secret.get(key);
    if (known) return known;
    const playbook = await this.#version(id, version);
    const steps = new Set(playbook ? openingSteps(playbook).filter((step) => !namesMember(playbook, step, email)) : []);
    if (steps.size > 0) addReaders(playbook, steps);
    if (this.#secret.size >= mostKept) this.#secret.clear();
    this.#secret.set(key, steps);
    return steps;
  }
}
