const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  429: "Too Many Requests",
  503: "Service Unavailable",
};

/** The vendor's body for a failed request. */
export function problem(status: number, detail: string) {
  return { type: "about:blank", title: titles[status] ?? "Error", status, detail };
}

export function refuse(status: number, detail: string): Response {
  return Response.json(problem(status, detail), { status });
}
