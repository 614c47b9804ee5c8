import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A vendor that answers when it is told to. */
export class HeldVendor {
  readonly #server = createServer((request, response) => {
    this.paths.push(request.url ?? "");
    this.#held.push(response);
    this.#let();
  });
  /** What it was asked, in order. */
  readonly paths: string[] = [];
  #held: ServerResponse[] = [];
  #due = 0;

  async start(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers so many requests, also ones that are still to come. */
  answer(count: number): void {
    this.#due += count;
    this.#let();
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #let(): void {
    this.#held = this.#held.filter((response) => !response.destroyed);
    while (this.#due > 0) {
      const response = this.#held.shift();
      if (!response) return;
      this.#due -= 1;
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    }
  }
}
