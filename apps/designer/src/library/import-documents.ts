import { detectFormat, importDocument, isBundle, readBundle } from "@drawbridge/formats";
import type { Playbook } from "@drawbridge/playbook";
import type { ImportPlan } from "@drawbridge/protocol";
import { ApiProblem, asProblem } from "../api/api-problem.ts";
import { call } from "../api/call.ts";
import { parseImport } from "./read-import.ts";

/** What is to be imported, and what it would meet. `root` is the id of the playbook to open afterwards. */
export interface ImportTask {
  readonly root: string;
  readonly playbooks: readonly Playbook[];
  readonly plan: ImportPlan;
}

/** Reads a playbook or a bundle and asks the server what importing it would meet; throws ApiProblem, and nothing is saved. */
export async function planOf(text: string): Promise<ImportTask> {
  const format = detectFormat(text);
  if (format === "xsoar" || format === "cacao") {
    const read = importDocument(text);
    throw refused("unsupported-format", "It is another tool's document", read.ok ? "" : (read.problems[0]?.message ?? ""));
  }
  const document = parseImport(text);
  if (!isBundle(document)) return planned([document], null);
  const read = readBundle(document);
  if (!read.ok)
    throw new ApiProblem({
      code: read.problems[0]?.code ?? "invalid-document",
      status: 0,
      title: "The bundle cannot be read",
      detail: read.problems[0]?.message ?? "",
      problems: [...read.problems],
    });
  return planned(read.bundle.playbooks, read.bundle.root);
}

async function planned(playbooks: readonly unknown[], root: string | null): Promise<ImportTask> {
  try {
    const { data } = await call("planImport", { body: { playbooks: [...playbooks] } });
    return { root: root ?? data.playbooks[0]?.id ?? "", playbooks: playbooks as readonly Playbook[], plan: data };
  } catch (error) {
    throw root === null ? ofOne(asProblem(error)) : error;
  }
}

/** A single document's problems name places in the document itself. */
function ofOne(problem: ApiProblem): ApiProblem {
  const own = (pointer: string) => pointer.replace(/^\/playbooks\/0(?=\/|$)/, "");
  const { code, status, title, detail, pointer, problems } = problem;
  return new ApiProblem({
    code,
    status,
    title,
    detail,
    ...(pointer === undefined ? {} : { pointer: own(pointer) }),
    problems: problems.map((each) => ({ ...each, pointer: own(each.pointer) })),
  });
}

const refused = (code: string, title: string, detail: string) => new ApiProblem({ code, status: 0, title, detail });

/** Whether nothing has to be decided. */
export const isClean = ({ plan }: ImportTask): boolean => plan.unresolved.length === 0 && plan.playbooks.every(({ taken }) => !taken);

/** A free-looking id beside one that is taken. */
export const copyId = (id: string): string => `${id.slice(0, 59)}-copy`;
