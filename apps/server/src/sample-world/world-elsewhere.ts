import { ProblemError } from "../problem-error.ts";
import type { Story, World } from "./world.ts";

const patienceMs = 10_000;

/** The sample world that another process of this machine serves. */
export class WorldElsewhere implements World {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  raise(story: Story): Promise<string> {
    return this.#ask("POST", `/raise/${story}`);
  }

  mailbox(): ReturnType<World["mailbox"]> {
    return this.#ask("GET", "/mailbox");
  }

  state(): ReturnType<World["state"]> {
    return this.#ask("GET", "/state");
  }

  async reset(): Promise<void> {
    await this.#ask("POST", "/reset");
  }

  async #ask<Answer>(method: string, path: string): Promise<Answer> {
    try {
      const answer = await fetch(`${this.#url}${path}`, { method, headers: { authorization: `Bearer ${this.#token}` }, signal: AbortSignal.timeout(patienceMs) });
      if (!answer.ok) throw new Error(`it answered ${answer.status}`);
      return (await answer.json()) as Answer;
    } catch (error) {
      throw new ProblemError("not-available", "The process that serves the sample world does not answer; try again in a moment.", { cause: error });
    }
  }
}
