import type { Socket } from "socket.io";

/** How many packets a connection has not yet taken, and when it has taken them. */
export class Backlog {
  #waiting = 0;
  readonly #drained = new Set<() => void>();

  constructor({ conn }: Socket) {
    conn.on("packetCreate", () => {
      this.#waiting += 1;
    });
    conn.on("drain", () => {
      this.#waiting = 0;
      const listeners = [...this.#drained];
      this.#drained.clear();
      for (const listener of listeners) listener();
    });
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** Called once, when the connection has taken everything. */
  onDrained(listener: () => void): void {
    this.#drained.add(listener);
  }
}
