import { createJsonClient, type HttpTransport, type Json, type JsonClient } from "@drawbridge/integration-kit";
import * as z from "zod";
import { type VendorEndpoint, vendorEndpoint } from "./endpoint-record.ts";
import { type CortexXdrKey, signRequest } from "./sign-request.ts";

export interface EndpointFilter {
  readonly field: "endpoint_id_list" | "hostname" | "ip_list" | "alias_name" | "isolate";
  readonly operator: "in";
  readonly value: readonly string[];
}

export interface CortexXdrClientOptions {
  readonly transport: HttpTransport;
  readonly key: CortexXdrKey;
  readonly now: () => number;
  /** 64 letters and digits, never the same twice. */
  readonly nonce: () => string;
}

const endpointsAnswer = z.object({ reply: z.object({ result_count: z.number().nullish(), total_count: z.number().nullish(), endpoints: z.array(vendorEndpoint) }) });
const actionAnswer = z.object({ reply: z.union([z.boolean(), z.object({ action_id: z.union([z.string(), z.number()]).nullish() })]) });

/** The Cortex XDR public API, over a socket or in memory. */
export class CortexXdrClient {
  readonly #options: CortexXdrClientOptions;
  readonly #json: JsonClient;

  constructor(options: CortexXdrClientOptions) {
    this.#options = options;
    this.#json = createJsonClient({ vendor: "Cortex XDR", transport: options.transport, now: options.now, secrets: [options.key.key], messageOf });
  }

  /** Filters are joined by AND; at most 100 at a time. */
  async endpoints(
    filters: readonly EndpointFilter[],
    page: { readonly from: number; readonly to: number },
    signal: AbortSignal,
  ): Promise<{ readonly endpoints: readonly VendorEndpoint[]; readonly total: number }> {
    const { reply } = await this.#post(
      "/endpoints/get_endpoint/",
      { search_from: page.from, search_to: page.to, sort: { field: "last_seen", keyword: "desc" }, filters: filters as unknown as Json },
      true,
      endpointsAnswer,
      signal,
    );
    return { endpoints: reply.endpoints, total: reply.total_count ?? reply.result_count ?? reply.endpoints.length };
  }

  isolate(endpointId: string, signal: AbortSignal): Promise<{ readonly actionId: string | null }> {
    return this.#act("/endpoints/isolate", endpointId, signal);
  }

  release(endpointId: string, signal: AbortSignal): Promise<{ readonly actionId: string | null }> {
    return this.#act("/endpoints/unisolate", endpointId, signal);
  }

  async #act(path: string, endpointId: string, signal: AbortSignal) {
    const { reply } = await this.#post(path, { endpoint_id: endpointId }, false, actionAnswer, signal);
    const id = typeof reply === "object" ? reply.action_id : null;
    return { actionId: id === null || id === undefined ? null : String(id) };
  }

  async #post<Schema extends z.ZodType>(path: string, requestData: Json, reads: boolean, answer: Schema, signal: AbortSignal): Promise<z.output<Schema>> {
    const headers = await signRequest(this.#options.key, { nonce: this.#options.nonce(), now: this.#options.now() });
    return this.#json.request({ method: "POST", path: `/public_api/v1${path}`, headers, body: { request_data: requestData }, reads, signal }, answer);
  }
}

const failure = z.object({ reply: z.object({ err_msg: z.string().nullish(), err_extra: z.string().nullish() }) });

function messageOf(body: Json): string | null {
  const parsed = failure.safeParse(body);
  if (!parsed.success) return null;
  const { err_msg, err_extra } = parsed.data.reply;
  return [err_msg, err_extra].filter((part) => typeof part === "string" && part !== "").join(": ") || null;
}
