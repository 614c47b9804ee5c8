/** How many calls may be under way: in all, for one connection, and for one playbook if it has a limit. */
export interface SlotLimits {
  readonly total: number;
  readonly perConnection: number;
  ofPlaybook?(playbook: string): number | null;
}

/** What a call takes up. */
export interface Place {
  readonly connection: string;
  readonly playbook: string;
  readonly run: string;
}

type Waiting = Map<string, Map<string, Map<string, Set<() => void>>>>;

/** Hands out places for calls. Connections take turns, within each the playbooks, and within each of those the runs, so that nobody's many calls hold up another's few. */
export class Slots {
  private readonly limits: SlotLimits;
  private readonly ofConnection = new Map<string, number>();
  private readonly ofPlaybook = new Map<string, number>();
  /** Who waits, by connection, playbook and run. */
  private readonly waiting: Waiting = new Map();
  private total = 0;
  /** How many calls wait for a place. */
  queued = 0;

  constructor(limits: SlotLimits) {
    this.limits = limits;
  }

  get busy(): number {
    return this.total;
  }

  /** Takes a place when one is free. Whoever waits does so because theirs is not. */
  tryTake(place: Place): boolean {
    if (this.total >= this.limits.total || this.isConnectionFull(place.connection) || this.isPlaybookFull(place.playbook)) return false;
    this.take(place);
    return true;
  }

  /** Calls `granted` with a place taken; the answer stops waiting. */
  wait(place: Place, granted: () => void): () => void {
    const { connection, playbook, run } = place;
    within(within(within(this.waiting, connection), playbook), run, () => new Set<() => void>()).add(granted);
    this.queued += 1;
    return () => {
      this.leave(place, granted);
    };
  }

  release({ connection, playbook }: Place): void {
    this.total -= 1;
    add(this.ofConnection, connection, -1);
    add(this.ofPlaybook, playbook, -1);
    this.grant();
  }

  private isConnectionFull(connection: string): boolean {
    return (this.ofConnection.get(connection) ?? 0) >= this.limits.perConnection;
  }

  private isPlaybookFull(playbook: string): boolean {
    const most = this.limits.ofPlaybook?.(playbook) ?? null;
    return most !== null && (this.ofPlaybook.get(playbook) ?? 0) >= Math.max(1, most);
  }

  private take({ connection, playbook }: Place): void {
    this.total += 1;
    add(this.ofConnection, connection, 1);
    add(this.ofPlaybook, playbook, 1);
  }

  private leave({ connection, playbook, run }: Place, granted: () => void): void {
    const playbooks = this.waiting.get(connection);
    const runs = playbooks?.get(playbook);
    const queue = runs?.get(run);
    if (!playbooks || !runs || !queue?.delete(granted)) return;
    this.queued -= 1;
    if (queue.size === 0) runs.delete(run);
    if (runs.size === 0) playbooks.delete(playbook);
    if (playbooks.size === 0) this.waiting.delete(connection);
  }

  private grant(): void {
    while (this.total < this.limits.total) {
      const next = this.next();
      if (!next) return;
      this.leave(next.place, next.granted);
      const { connection, playbook, run } = next.place;
      toTheBack(this.waiting.get(connection)?.get(playbook), run);
      toTheBack(this.waiting.get(connection), playbook);
      toTheBack(this.waiting, connection);
      this.take(next.place);
      next.granted();
    }
  }

  private next(): { readonly place: Place; readonly granted: () => void } | null {
    for (const [connection, playbooks] of this.waiting) {
      if (this.isConnectionFull(connection)) continue;
      for (const [playbook, runs] of playbooks) {
        if (this.isPlaybookFull(playbook)) continue;
        for (const [run, queue] of runs) for (const granted of queue) return { place: { connection, playbook, run }, granted };
      }
    }
    return null;
  }
}

function within<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value;
function within<Key, Inner extends string, Value>(map: Map<Key, Map<Inner, Value>>, key: Key): Map<Inner, Value>;
function within<Key>(map: Map<Key, unknown>, key: Key, make: () => unknown = () => new Map()): unknown {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function add(counts: Map<string, number>, key: string, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}

function toTheBack<Value>(map: Map<string, Value> | undefined, key: string): void {
  const value = map?.get(key);
  if (value === undefined) return;
  map?.delete(key);
  map?.set(key, value);
}
