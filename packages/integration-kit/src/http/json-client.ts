import type * as z from "zod";
import { ActionError } from "../action-error.ts";
import type { Json } from "../json.ts";
import { redact } from "../redact.ts";
import { certainWhenReading } from "./certain-when-reading.ts";
import type { HttpRequest, HttpResponse, HttpTransport } from "./http-transport.ts";
import { responseError } from "./response-error.ts";

export interface JsonClientOptions {
  /** For messages, e.g. `Code42`. */
  readonly vendor: string;
  readonly transport: HttpTransport;
  readonly now: () => number;
  /** Never shown, even if the vendor repeats them. */
  readonly secrets: readonly string[];
  /** Finds the vendor's own words in the body of a failed request. */
  readonly messageOf: (body: Json) => string | null;
}

export type JsonRequest = Omit<HttpRequest, "body"> & { readonly body?: Json };

/** Sends JSON and expects JSON; a status other than success is an `ActionError`. */
export interface JsonClient {
  readonly send: (request: JsonRequest) => Promise<HttpResponse>;
  readonly request: <Schema extends z.ZodType>(request: JsonRequest, answer: Schema) => Promise<z.output<Schema>>;
}

export function createJsonClient({ vendor, transport, now, secrets, messageOf }: JsonClientOptions): JsonClient {
  const send = async ({ body, headers, ...request }: JsonRequest): Promise<HttpResponse> => {
    const response = await transport({
      ...request,
      headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.status >= 200 && response.status < 300) return response;
    const parsed = parseJson(response.body);
    const said = parsed === undefined ? null : messageOf(parsed);
    throw certainWhenReading(responseError(vendor, response, said === null ? null : redact(said, secrets), now()), request);
  };
  return {
    send,
    request: async (request, answer) => {
      const response = await send(request);
      const parsed = parseJson(response.body);
      if (parsed === undefined) throw invalid(request, `${vendor} answered ${response.status} with something that is not JSON.`);
      const checked = answer.safeParse(parsed);
      if (checked.success) return checked.data;
      const problems = checked.error.issues.slice(0, 20).map((issue) => ({ path: issue.path.map(String).join("."), message: issue.message }));
      throw invalid(request, `${vendor} answered in a form that is not known.`, { problems });
    },
  };
}

function invalid(request: JsonRequest, message: string, details?: Json): ActionError {
  return certainWhenReading(new ActionError("invalid-response", message, { uncertain: true, ...(details === undefined ? {} : { details }) }), request);
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
