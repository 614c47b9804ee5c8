import type { FilledCode42Seed } from "./code42-seed.ts";
import { refuse } from "./vendor-problem.ts";

/** Hands out bearer tokens and knows which are good. */
export class TokenDesk {
  readonly #seed: FilledCode42Seed;
  readonly #clock: () => number;
  readonly #endsAt = new Map<string, number>();
  #issued = 0;

  constructor(seed: FilledCode42Seed, clock: () => number) {
    this.#seed = seed;
    this.#clock = clock;
  }

  issue(): { readonly token: string; readonly seconds: number } {
    this.#issued += 1;
    const token = `simulated.token.${this.#issued}`;
    this.#endsAt.set(token, this.#clock() + this.#seed.tokenSeconds * 1_000);
    return { token, seconds: this.#seed.tokenSeconds };
  }

  get issued(): number {
    return this.#issued;
  }

  accepts(authorization: string | null): boolean {
    const token = /^Bearer (.+)$/.exec(authorization ?? "")?.[1];
    return token !== undefined && (this.#endsAt.get(token) ?? 0) > this.#clock();
  }

  knows(authorization: string | null): boolean {
    const encoded = /^Basic ([A-Za-z0-9+/=]+)$/.exec(authorization ?? "")?.[1];
    if (encoded === undefined) return false;
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes) === `${this.#seed.clientId}:${this.#seed.secret}`;
  }

  revokeAll(): void {
    this.#endsAt.clear();
  }
}

/** Answers `POST /v1/oauth`. */
export function signIn(desk: TokenDesk, request: Request): Response {
  if (request.method !== "POST") return refuse(404, "Ask for a token with POST.");
  if (!desk.knows(request.headers.get("authorization"))) return refuse(401, "The API client's ID or secret is wrong.");
  const { token, seconds } = desk.issue();
  return Response.json({ token_type: "bearer", expires_in: seconds, access_token: token });
}
