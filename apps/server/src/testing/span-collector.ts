import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Value = { readonly stringValue?: string; readonly intValue?: number; readonly arrayValue?: object };
type Written = readonly { readonly key: string; readonly value: Value }[];

interface WrittenSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: Written;
  readonly events: readonly { readonly name: string; readonly timeUnixNano: string; readonly attributes: Written }[];
  readonly status: { readonly code: number; readonly message?: string };
}

interface Request {
  readonly resourceSpans: readonly { readonly resource: { readonly attributes: Written }; readonly scopeSpans: readonly { readonly spans: readonly WrittenSpan[] }[] }[];
}

export interface CollectedSpan extends Omit<WrittenSpan, "attributes" | "events"> {
  readonly attributes: { readonly [key: string]: unknown };
  readonly events: readonly { readonly name: string; readonly attributes: { readonly [key: string]: unknown } }[];
  readonly service: unknown;
}

/** What takes OTLP over HTTP, on a loopback port: it keeps every span, and every byte that it was sent. */
export interface SpanCollector {
  readonly url: string;
  readonly spans: readonly CollectedSpan[];
  readonly bodies: readonly string[];
  readonly headers: readonly { readonly [name: string]: unknown }[];
  /** The next requests are answered with these statuses, and their spans not kept. */
  refuse(statuses: readonly number[]): void;
  close(): Promise<void>;
}

export async function startSpanCollector(): Promise<SpanCollector> {
  const spans: CollectedSpan[] = [];
  const bodies: string[] = [];
  const headers: object[] = [];
  let refusals: number[] = [];
  const server = createServer((incoming, answer) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      bodies.push(body);
      headers.push(incoming.headers);
      const status = incoming.url === "/v1/traces" ? (refusals.shift() ?? 200) : 404;
      if (status === 200) spans.push(...spansOf(JSON.parse(body) as Request));
      answer.writeHead(status, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    bodies,
    headers: headers as never,
    refuse: (statuses) => (refusals = [...statuses]),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const plain = (written: Written): { [key: string]: unknown } => Object.fromEntries(written.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value]));

function spansOf({ resourceSpans }: Request): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        ...span,
        attributes: plain(span.attributes),
        events: span.events.map((event) => ({ name: event.name, attributes: plain(event.attributes) })),
        service: plain(resource.attributes)["service.name"],
      })),
    ),
  );
}
