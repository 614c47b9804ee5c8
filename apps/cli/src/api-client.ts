import type { RouteName } from "@drawbridge/protocol";
import { routes } from "@drawbridge/protocol";

/** A signed-in person's way to the HTTP interface, as the browser goes it: session cookie and CSRF header. */
export class ApiClient {
  readonly url: string;
  cookie = "";
  #csrf = "";

  constructor(url: string) {
    this.url = url;
  }

  async signIn(email: string, password: string): Promise<this> {
    const answer = await this.send("signIn", { body: { email, password } });
    this.cookie = answer.headers
      .getSetCookie()
      .map((each) => each.split(";")[0])
      .join("; ");
    const session = (await answer.json()) as { csrf: string };
    this.#csrf = session.csrf;
    return this;
  }

  send(name: RouteName, options: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown; headers?: Record<string, string> } = {}): Promise<Response> {
    const route = routes[name];
    const path = route.path.replace(/:(\w+)/g, (_whole: string, key: string) => encodeURIComponent(options.params?.[key] ?? ""));
    const query = options.query ? `?${new URLSearchParams(options.query).toString()}` : "";
    return fetch(`${this.url}/api/v1${path}${query}`, {
      method: route.method.toUpperCase(),
      headers: {
        origin: this.url,
        cookie: this.cookie,
        "x-csrf-token": this.#csrf,
        ...(options.body === undefined ? {} : { "content-type": "application/json" }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
  }

  /** The parsed answer; throws with the problem's code when it is not a success. */
  async call<Answer>(name: RouteName, options: Parameters<ApiClient["send"]>[1] = {}): Promise<Answer> {
    const answer = await this.send(name, options);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${text}`);
    return JSON.parse(text) as Answer;
  }
}
