import type { HttpRequest, HttpResponse } from "./http-transport.ts";

/** A request to a vendor and what came back, as it went over the wire; bodies are cut. Times are epoch ms. */
export interface HttpExchange {
  readonly at: number;
  readonly ms: number;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: { readonly [name: string]: string };
  readonly requestBody: BodyPart | null;
  /** Null when no answer came; `failure` says why. */
  readonly status: number | null;
  readonly responseHeaders: { readonly [name: string]: string };
  readonly responseBody: BodyPart | null;
  readonly failure: string | null;
}

/** The beginning of a body, and how many characters it has in all. */
export interface BodyPart {
  readonly text: string;
  readonly length: number;
}

export interface LoggedLine {
  readonly at: number;
  readonly message: string;
  readonly details: { readonly [key: string]: unknown } | null;
}

const most = { exchanges: 20, lines: 100, body: 4_500 };

const bodyPart = (text: string | undefined): BodyPart | null => (text === undefined || text === "" ? null : { text: text.slice(0, most.body), length: text.length });

/** What went over the wire, as the transport has it. */
export interface RawExchange {
  readonly request: HttpRequest;
  readonly url: string;
  /** Headers that the transport adds to every request. */
  readonly always: { readonly [name: string]: string };
  readonly answer: HttpResponse | null;
  readonly failure: string | null;
  readonly at: number;
  readonly ms: number;
}

/** Takes down what one call does: the requests that carry its signal, and the lines of its log. Bounded; holds secrets until `redactedExchange` has been over it. */
export class CallRecorder {
  readonly lines: LoggedLine[] = [];
  /** How many of each were left out. */
  readonly left = { exchanges: 0, lines: 0 };
  private readonly raw: RawExchange[] = [];

  /** Made when they are asked for, since most calls are never told of. */
  get exchanges(): readonly HttpExchange[] {
    return this.raw.map(({ request, url, always, answer, failure, at, ms }) => ({
      at,
      ms,
      method: request.method,
      url,
      requestHeaders: { ...always, ...request.headers },
      requestBody: bodyPart(request.body),
      status: answer?.status ?? null,
      responseHeaders: answer?.headers ?? {},
      responseBody: bodyPart(answer?.body),
      failure,
    }));
  }

  exchange(exchange: RawExchange): void {
    if (this.raw.length < most.exchanges) this.raw.push(exchange);
    else this.left.exchanges += 1;
  }

  line(line: LoggedLine): void {
    if (this.lines.length < most.lines) this.lines.push(line);
    else this.left.lines += 1;
  }
}

const key = Symbol("recorder");

/** Requests with this signal are taken down from now on. A property of the signal costs less than a weak map, which every collection of garbage has to go through. */
export const recordCalls = (signal: AbortSignal, recorder: CallRecorder): void => void ((signal as { [key]?: CallRecorder })[key] = recorder);

export const recorderOf = (signal: AbortSignal): CallRecorder | undefined => (signal as { readonly [key]?: CallRecorder })[key];
