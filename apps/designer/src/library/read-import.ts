import { ApiProblem } from "../api/api-problem.ts";

/** Larger files are not even read; the server's own limit is lower and says so itself. */
const readLimit = 64 * 1024 * 1024;

export async function readImportFile(file: File): Promise<string> {
  if (file.size > readLimit)
    throw new ApiProblem({
      code: "too-large",
      status: 0,
      title: "The file is too large",
      detail: `${file.name} has ${Math.round(file.size / 1024 / 1024)} MB; a playbook has at most a few.`,
    });
  return await file.text();
}

/** The document in a text; says where the JSON breaks. */
export function parseImport(text: string): unknown {
  if (text.trim() === "") throw new ApiProblem({ code: "invalid-json", status: 0, title: "There is nothing to import", detail: "The file or the pasted text is empty." });
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ApiProblem({ code: "invalid-json", status: 0, title: "This is not JSON", detail: `A playbook is a JSON document. ${placeOf(error, text)}`.trim() });
  }
}

function placeOf(error: unknown, text: string): string {
  const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  if (position === undefined) return error instanceof Error ? `${error.message}.` : "";
  const before = text.slice(0, Number(position)).split("\n");
  return `It breaks at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}.`;
}
