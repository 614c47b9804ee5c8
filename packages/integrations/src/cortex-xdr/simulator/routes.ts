import * as z from "zod";
import type { EndpointFleet, StoredEndpoint } from "./endpoint-fleet.ts";
import { fail } from "./vendor-failure.ts";

const texts = z.array(z.string()).min(1);
const filter = z.discriminatedUnion("field", [
  z.object({ field: z.enum(["endpoint_id_list", "hostname", "ip_list", "alias_name", "dist_name", "group_name", "platform"]), operator: z.literal("in"), value: texts }),
  z.object({ field: z.literal("isolate"), operator: z.literal("in"), value: z.array(z.enum(["isolated", "unisolated"])).min(1) }),
  z.object({ field: z.enum(["first_seen", "last_seen"]), operator: z.enum(["gte", "lte"]), value: z.number() }),
]);
type Filter = z.output<typeof filter>;

const endpointsRequest = z.object({
  request_data: z
    .object({
      search_from: z.int().min(0).default(0),
      search_to: z.int().min(1).default(100),
      filters: z.array(filter).default([]),
      sort: z.object({ field: z.string(), keyword: z.enum(["asc", "desc"]) }).nullish(),
    })
    .refine(({ search_from, search_to }) => search_to > search_from && search_to - search_from <= 100, "search_to - search_from must be between 1 and 100"),
});

async function read<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<{ readonly body: z.output<Schema> } | { readonly refusal: Response }> {
  const json: unknown = await request.json().catch(() => undefined);
  if (json === undefined) return { refusal: fail(400, "The body is not JSON.") };
  const parsed = schema.safeParse(json);
  return parsed.success ? { body: parsed.data } : { refusal: fail(400, parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")) };
}

export async function answerEndpoints(fleet: EndpointFleet, request: Request): Promise<Response> {
  const asked = await read(request, endpointsRequest);
  if ("refusal" in asked) return asked.refusal;
  const { search_from, search_to, filters, sort } = asked.body.request_data;
  const direction = sort?.keyword === "asc" ? 1 : -1;
  const found = fleet
    .all()
    .filter((endpoint) => filters.every((one) => matches(endpoint, one)))
    .sort((one, other) => direction * (one.lastSeen - other.lastSeen));
  const page = found.slice(search_from, search_to);
  return Response.json({ reply: { total_count: found.length, result_count: page.length, endpoints: page.map(vendorForm) } });
}

export async function answerIsolation(fleet: EndpointFleet, request: Request, wanted: "isolate" | "release", record: (what: string) => void): Promise<Response> {
  const asked = await read(request, z.object({ request_data: z.object({ endpoint_id: z.string() }) }));
  if ("refusal" in asked) return asked.refusal;
  const endpoint = fleet.find(asked.body.request_data.endpoint_id);
  if (endpoint === undefined) return fail(404, "The endpoint does not exist.");
  record(`${wanted}-endpoint ${endpoint.id}`);
  if (endpoint.isolation !== (wanted === "isolate" ? "AGENT_UNISOLATED" : "AGENT_ISOLATED")) return fail(400, `The endpoint is ${endpoint.isolation}.`);
  fleet.ask(endpoint, wanted === "isolate" ? "AGENT_PENDING_ISOLATION" : "AGENT_PENDING_ISOLATION_CANCELLATION");
  return Response.json({ reply: true });
}

const platforms: Readonly<Record<StoredEndpoint["os"], string>> = { AGENT_OS_WINDOWS: "windows", AGENT_OS_MAC: "macos", AGENT_OS_LINUX: "linux" };

function matches(endpoint: StoredEndpoint, filter: Filter): boolean {
  const among = (values: readonly string[], wanted: readonly string[]) => values.some((value) => wanted.some((one) => one.toLowerCase() === value.toLowerCase()));
  switch (filter.field) {
    case "endpoint_id_list":
      return filter.value.includes(endpoint.id);
    case "hostname":
      return among([endpoint.name], filter.value);
    case "ip_list":
      return among(endpoint.ip, filter.value);
    case "platform":
      return among([platforms[endpoint.os]], filter.value);
    case "isolate":
      return filter.value.includes(endpoint.isolation === "AGENT_ISOLATED" ? "isolated" : "unisolated");
    case "first_seen":
    case "last_seen": {
      const at = filter.field === "first_seen" ? endpoint.firstSeen : endpoint.lastSeen;
      return filter.operator === "gte" ? at >= filter.value : at <= filter.value;
    }
    case "alias_name":
    case "dist_name":
    case "group_name":
      return false;
  }
}

function vendorForm(endpoint: StoredEndpoint) {
  return {
    endpoint_id: endpoint.id,
    endpoint_name: endpoint.name,
    endpoint_type: endpoint.type,
    endpoint_status: endpoint.status,
    os_type: endpoint.os,
    operating_system: endpoint.osVersion,
    ip: endpoint.ip,
    users: endpoint.users,
    domain: endpoint.domain,
    alias: "",
    first_seen: endpoint.firstSeen,
    last_seen: endpoint.lastSeen,
    content_version: "1430-61544",
    installation_package: "standard",
    active_directory: null,
    install_date: endpoint.firstSeen,
    endpoint_version: "8.3.0.7254",
    is_isolated: endpoint.isolation,
    isolated_date: null,
    group_name: [],
  };
}
