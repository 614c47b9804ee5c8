/** Whether OpenTelemetry's standard variables say where spans go. */
export function isTracingConfigured(environment: { readonly [name: string]: string | undefined }): boolean {
  if (environment["OTEL_SDK_DISABLED"]?.toLowerCase() === "true" || environment["OTEL_TRACES_EXPORTER"] === "none") return false;
  return Boolean(environment["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] || environment["OTEL_EXPORTER_OTLP_ENDPOINT"]);
}
