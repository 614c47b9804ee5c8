/** How many calls may be under way: in all, and for one connection. */
export interface SlotLimits {
  readonly total: number;
  readonly perConnection: number;
}

/** Hands out places for calls; connections that wait take turns. */
export class Slots {
  private readonly limits: SlotLimits;
  private readonly used = new Map<string, number>();
  private readonly waiting = new Map<string, Set<() => void>>();
  private total = 0;
  /** How many calls wait for a place. */
  queued = 0;

  constructor(limits: SlotLimits) {
    this.limits = limits;
  }

  get busy(): number {
    return this.total;
  }

  /** Takes a place when one is free and nobody of this connection waits before. */
  tryTake(connection: string): boolean {
    if (this.total >= this.limits.total || (this.used.get(connection) ?? 0) >= this.limits.perConnection) return false;
    if (this.waiting.has(connection)) return false;
    this.take(connection);
    return true;
  }

  /** Calls `granted` with a place taken; the answer stops waiting. */
  wait(connection: string, granted: () => void): () => void {
    const queue = this.waiting.get(connection) ?? new Set();
    this.waiting.set(connection, queue);
    queue.add(granted);
    this.queued += 1;
    return () => {
      this.leave(connection, granted);
    };
  }

  release(connection: string): void {
    this.total -= 1;
    const left = (this.used.get(connection) ?? 1) - 1;
    if (left === 0) this.used.delete(connection);
    else this.used.set(connection, left);
    this.grant();
  }

  private take(connection: string): void {
    this.total += 1;
    this.used.set(connection, (this.used.get(connection) ?? 0) + 1);
  }

  private leave(connection: string, granted: () => void): void {
    const queue = this.waiting.get(connection);
    if (!queue?.delete(granted)) return;
    this.queued -= 1;
    if (queue.size === 0) this.waiting.delete(connection);
  }

  private grant(): void {
    for (const [connection, queue] of this.waiting) {
      if (this.total >= this.limits.total) return;
      if ((this.used.get(connection) ?? 0) >= this.limits.perConnection) continue;
      const [first] = queue;
      if (!first) continue;
      this.leave(connection, first);
      if (queue.size > 0) {
        this.waiting.delete(connection);
        this.waiting.set(connection, queue);
      }
      this.take(connection);
      first();
      return this.grant();
    }
  }
}
