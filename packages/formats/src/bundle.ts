import { parsePlaybook, type Playbook } from "@drawbridge/playbook";

/** A playbook with those that it calls, in one document. */
export interface Bundle {
  readonly bundleVersion: 1;
  /** The id of the playbook that the others are for. */
  readonly root: string;
  readonly playbooks: readonly Playbook[];
}

export const bundleOf = (root: string, playbooks: readonly Playbook[]): Bundle => ({ bundleVersion: 1, root, playbooks });

export interface BundleProblem {
  readonly code: string;
  readonly message: string;
  readonly pointer: string;
}

export type ReadBundle = { readonly ok: true; readonly bundle: Bundle } | { readonly ok: false; readonly problems: readonly BundleProblem[] };

/** Whether a parsed document says that it is a bundle. */
export const isBundle = (document: unknown): document is { readonly bundleVersion: unknown } => typeof document === "object" && document !== null && "bundleVersion" in document;

/** Reads a parsed document as a bundle; every playbook in it must be one. */
export function readBundle(document: unknown): ReadBundle {
  const refused = (code: string, message: string, pointer: string): ReadBundle => ({ ok: false, problems: [{ code, message, pointer }] });
  if (!isBundle(document)) return refused("invalid-document", "This is not a bundle.", "");
  if (document.bundleVersion !== 1) return refused("unknown-bundle-version", "Only bundles of version 1 can be read.", "/bundleVersion");
  const list = "playbooks" in document ? document.playbooks : null;
  if (!Array.isArray(list) || list.length === 0) return refused("invalid-document", "A bundle lists its playbooks.", "/playbooks");
  const playbooks: Playbook[] = [];
  const problems: BundleProblem[] = [];
  const places = new Map<string, number>();
  for (const [index, each] of list.entries()) {
    const read = parsePlaybook(each);
    if (!read.ok) problems.push(...read.problems.map(({ code, message, pointer }) => ({ code, message, pointer: `/playbooks/${index}${pointer}` })));
    else if (places.has(read.playbook.id))
      problems.push({ code: "invalid-document", message: `Two of its playbooks have the id ${read.playbook.id}.`, pointer: `/playbooks/${index}/id` });
    else {
      places.set(read.playbook.id, index);
      playbooks.push(read.playbook);
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  const root = "root" in document && typeof document.root === "string" ? document.root : (playbooks[0]?.id ?? "");
  if (!places.has(root)) return refused("invalid-document", `The bundle has no playbook ${root}.`, "/root");
  return { ok: true, bundle: bundleOf(root, playbooks) };
}
