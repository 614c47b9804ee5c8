import type { BodyPart, HttpExchange } from "./call-recorder.ts";

const hidden = "••••••";
/** Of a body less is shown than was taken down, so that no secret is cut before it is known for one. */
const most = { headers: 60, header: 300, url: 2_000, body: 4_000 };
/** Names of headers, parameters and fields whose values are nobody's business. */
const secretName =
  /authori[sz]ation|cookie|token|secret|passw|api[-_]?key|private[-_]?key|access[-_]?key|signature|credential|nonce|assertion|^x-.*(auth|key)|^(key|pwd|pass|code|sig|auth|otp)$/i;

/** The exchange without what names say is secret, and without what `clean` knows. */
export function redactedExchange(exchange: HttpExchange, clean: (text: string) => string): HttpExchange {
  return {
    ...exchange,
    url: clean(withoutSecretParameters(exchange.url)).slice(0, most.url),
    requestHeaders: headers(exchange.requestHeaders, clean),
    requestBody: body(exchange.requestBody, clean),
    responseHeaders: headers(exchange.responseHeaders, clean),
    responseBody: body(exchange.responseBody, clean),
    failure: exchange.failure === null ? null : clean(exchange.failure),
  };
}

function headers(all: HttpExchange["requestHeaders"], clean: (text: string) => string): HttpExchange["requestHeaders"] {
  const shown = Object.entries(all).slice(0, most.headers);
  return Object.fromEntries(shown.map(([name, value]) => [name, secretName.test(name) ? hidden : clean(value).slice(0, most.header)]));
}

function withoutSecretParameters(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.username !== "") url.username = "hidden";
  if (url.password !== "") url.password = "hidden";
  for (const name of new Set(url.searchParams.keys())) if (secretName.test(name)) url.searchParams.set(name, "hidden");
  return url.href;
}

/** Cut bodies are no whole JSON any more, so fields are looked for in the text itself. */
const jsonField = /"([^"\\]{1,100})"\s*:\s*("(?:[^"\\]|\\.)*(?:"|$)|-?\d[\d.eE+-]*)/g;
const formField = /(^|[?&])([^=&?\s"{}]{1,100})=([^&\s"]*)/g;

function body(part: BodyPart | null, clean: (text: string) => string): BodyPart | null {
  if (part === null) return null;
  const fields = part.text.replace(jsonField, (whole: string, name: string) => (secretName.test(name) ? `"${name}":"${hidden}"` : whole));
  const text = fields.replace(formField, (whole: string, before: string, name: string) => (secretName.test(name) ? `${before}${name}=${hidden}` : whole));
  return { text: clean(text).slice(0, most.body), length: part.length };
}
