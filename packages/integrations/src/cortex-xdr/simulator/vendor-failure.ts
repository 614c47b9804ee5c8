const messages: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Unauthorized access. An issue occurred during authentication",
  403: "Forbidden. The key has no permission",
  404: "Not found",
  429: "Too many requests",
  503: "Service unavailable",
};

/** The vendor's body for a failed request. */
export function failureBody(status: number, extra: string) {
  return { reply: { err_code: status, err_msg: messages[status] ?? "An error occurred while processing XDR public API", err_extra: extra } };
}

export function fail(status: number, extra: string): Response {
  return Response.json(failureBody(status, extra), { status });
}
