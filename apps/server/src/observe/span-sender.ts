import { SpanKind, SpanStatusCode, TraceFlags } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { defaultResource, detectResources, envDetector, type Resource, resourceFromAttributes } from "@opentelemetry/resources";
import { AlwaysOffSampler, AlwaysOnSampler, type ReadableSpan, type Sampler, SamplingDecision, TraceIdRatioBasedSampler } from "@opentelemetry/sdk-trace-base";
import type { RunSpan } from "./run-spans.ts";

type Environment = { readonly [name: string]: string | undefined };

/** Sends spans by OTLP over HTTP to where the standard variables say. */
export class SpanSender {
  readonly #exporter = new OTLPTraceExporter();
  readonly #resource: Resource;
  readonly #sampler: Sampler;

  constructor(environment: Environment) {
    const named = resourceFromAttributes({ "service.name": "drawbridge" });
    this.#resource = defaultResource()
      .merge(named)
      .merge(detectResources({ detectors: [envDetector] }));
    this.#sampler = samplerOf(environment);
  }

  /** Decided by the trace's id, so that all processes decide alike. */
  isSampled(traceId: string): boolean {
    return this.#sampler.shouldSample({} as never, traceId, "", SpanKind.INTERNAL, {}, []).decision === SamplingDecision.RECORD_AND_SAMPLED;
  }

  /** Rejects when they were not taken, after the exporter's own retries; `parent` is that of the spans that have none of their own. */
  async send(traceId: string, spans: readonly RunSpan[], parent: string | null): Promise<void> {
    const converted = spans.map((span) => this.#spanOf(traceId, span, parent));
    await new Promise<void>((resolve, reject) => {
      this.#exporter.export(converted, ({ code, error }) => (code === 0 ? resolve() : reject(error ?? new Error("The spans were refused."))));
    });
  }

  close(): Promise<void> {
    return this.#exporter.shutdown();
  }

  #spanOf(traceId: string, span: RunSpan, above: string | null): ReadableSpan {
    const contextOf = (spanId: string) => ({ traceId, spanId, traceFlags: TraceFlags.SAMPLED });
    const parent = span.parent ?? above;
    return {
      name: span.name,
      kind: SpanKind.INTERNAL,
      spanContext: () => contextOf(span.id),
      ...(parent === null ? {} : { parentSpanContext: contextOf(parent) }),
      startTime: timeOf(span.startedAt),
      endTime: timeOf(span.endedAt),
      duration: timeOf(span.endedAt - span.startedAt),
      ended: true,
      status: span.error === null ? { code: SpanStatusCode.UNSET } : { code: SpanStatusCode.ERROR, message: span.error },
      attributes: span.attributes,
      events: span.events.map(({ name, at, attributes }) => ({ name, time: timeOf(at), attributes })),
      links: [],
      resource: this.#resource,
      instrumentationScope: { name: "drawbridge" },
      droppedAttributesCount: 0,
      droppedEventsCount: span.droppedEvents,
      droppedLinksCount: 0,
    };
  }
}

/** Seconds and nanoseconds. */
const timeOf = (ms: number): [number, number] => [Math.floor(ms / 1_000), (ms % 1_000) * 1_000_000];

function samplerOf(environment: Environment): Sampler {
  const name = environment["OTEL_TRACES_SAMPLER"] ?? "always_on";
  if (name.endsWith("always_off")) return new AlwaysOffSampler();
  if (name.endsWith("traceidratio")) return new TraceIdRatioBasedSampler(Number(environment["OTEL_TRACES_SAMPLER_ARG"] || 1));
  return new AlwaysOnSampler();
}
