import type { Problem, ProblemCode } from "@drawbridge/protocol";

/** Status and title of every code that the server answers with. */
export const problemFacts: { readonly [Code in ProblemCode]: { readonly status: number; readonly title: string } } = {
  "invalid-request": { status: 400, title: "The request is not valid" },
  "invalid-json": { status: 400, title: "The body is not JSON" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "not-signed-in": { status: 401, title: "Nobody is signed in" },
  "wrong-sign-in": { status: 401, title: "E-mail or password is wrong" },
  "too-many-attempts": { status: 429, title: "Too many attempts" },
  "csrf-refused": { status: 403, title: "The request does not come from this site" },
  "permission-denied": { status: 403, title: "Not allowed" },
  "not-found": { status: 404, title: "Not found" },
  "method-not-allowed": { status: 405, title: "Method not allowed" },
  "already-exists": { status: 409, title: "It exists already" },
  "published-meanwhile": { status: 409, title: "Somebody else has published meanwhile" },
  "stale-version": { status: 412, title: "Somebody else has changed it" },
  "version-required": { status: 428, title: "If-Match is required" },
  "invalid-document": { status: 422, title: "The document is not a playbook" },
  "unknown-schema-version": { status: 422, title: "The document's schema version is not known" },
  "unknown-step-kind": { status: 422, title: "A step's kind is not known" },
  "too-large": { status: 413, title: "The document is too large" },
  "has-errors": { status: 422, title: "The playbook has errors" },
  "not-published": { status: 409, title: "The playbook has no published version" },
  "ask-closed": { status: 409, title: "The question is closed" },
  "invalid-answer": { status: 422, title: "The answer is not one of the choices" },
  "run-ended": { status: 409, title: "The run has ended" },
  "run-deleted": { status: 410, title: "The run was deleted" },
  "not-in-doubt": { status: 409, title: "Nothing is in doubt there" },
  "case-closed": { status: 409, title: "The case is closed" },
  "in-use": { status: 409, title: "It is in use" },
  "action-failed": { status: 422, title: "The action failed" },
  "changes-unconfirmed": { status: 409, title: "This would change something" },
  "bad-signature": { status: 401, title: "The signature does not match" },
  "invalid-input": { status: 422, title: "The input does not fit the playbook" },
  "rate-limited": { status: 429, title: "Too many requests" },
  "queue-full": { status: 429, title: "Too much is under way" },
  "store-unavailable": { status: 503, title: "The store does not take writes" },
  "shutting-down": { status: 503, title: "The server is stopping" },
  "not-available": { status: 404, title: "Not available here" },
  "internal-error": { status: 500, title: "Something went wrong in the server" },
};

interface Extra {
  readonly pointer?: string;
  readonly problems?: readonly { readonly code: string; readonly message: string; readonly pointer: string }[];
  readonly cause?: unknown;
}

/** A refusal with one of the protocol's codes; HTTP and sockets answer with it. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly code: ProblemCode;
  readonly extra: Extra;

  constructor(code: ProblemCode, detail: string, extra: Extra = {}) {
    super(detail, extra.cause === undefined ? undefined : { cause: extra.cause });
    this.code = code;
    this.extra = extra;
  }

  toProblem(): Problem {
    const { status, title } = problemFacts[this.code];
    return {
      type: `urn:drawbridge:problem:${this.code}`,
      title,
      status,
      code: this.code,
      detail: this.message,
      ...(this.extra.pointer === undefined ? {} : { pointer: this.extra.pointer }),
      ...(this.extra.problems === undefined ? {} : { problems: [...this.extra.problems] }),
    };
  }
}

/** The same refusal for what does not exist and for what may not be seen. */
export const notFound = (what: string): ProblemError => new ProblemError("not-found", `There is no such ${what}.`);
