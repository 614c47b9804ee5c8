import { type Problem, problem } from "@drawbridge/protocol";

/** An error answer of the server, or `unreachable` when there was none. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly pointer: string | undefined;
  readonly problems: readonly { readonly code: string; readonly message: string; readonly pointer: string }[];

  constructor(told: Pick<Problem, "code" | "status" | "title" | "detail"> & Partial<Problem>) {
    super(told.detail);
    this.code = told.code;
    this.status = told.status;
    this.title = told.title;
    this.detail = told.detail;
    this.pointer = told.pointer;
    this.problems = told.problems ?? [];
  }
}

/** Reads an error answer; whatever is not problem details still becomes one. */
export function problemFrom(status: number, body: string): ApiProblem {
  try {
    const parsed = problem.safeParse(JSON.parse(body));
    if (parsed.success) return new ApiProblem(parsed.data);
  } catch {
    return new ApiProblem({ code: "unreadable-answer", status, title: "The server's answer could not be read", detail: `The server answered ${status} without saying why.` });
  }
  return new ApiProblem({
    code: "unreadable-answer",
    status,
    title: "The server's answer could not be read",
    detail: `The server answered ${status} in a form that is not known here.`,
  });
}

/** Any thrown thing as an ApiProblem, for showing. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem({ code: "unexpected", status: 0, title: "Something went wrong", detail: error instanceof Error ? error.message : String(error) });
}
