export interface DueTimer {
  readonly id: string;
  readonly run: string;
  readonly at: number;
}

/** Timers of all runs, the soonest first; removal is by id. */
export class TimerHeap {
  private heap: DueTimer[] = [];
  private readonly live = new Map<string, DueTimer>();
  private readonly byRun = new Map<string, Set<string>>();

  get size(): number {
    return this.live.size;
  }

  set(timer: DueTimer): void {
    const known = this.live.get(timer.id);
    if (known?.at === timer.at) return;
    this.live.set(timer.id, timer);
    const ofRun = this.byRun.get(timer.run);
    if (ofRun) ofRun.add(timer.id);
    else this.byRun.set(timer.run, new Set([timer.id]));
    this.heap.push(timer);
    this.rise(this.heap.length - 1);
  }

  clear(id: string): void {
    const timer = this.live.get(id);
    if (!timer) return;
    this.forget(timer);
    if (this.heap.length > 64 && this.heap.length > this.live.size * 2) this.rebuild();
  }

  clearRun(run: string): void {
    for (const id of this.byRun.get(run) ?? []) this.clear(id);
  }

  /** When the soonest is due, or null. */
  next(): number | null {
    this.dropCleared();
    return this.heap[0]?.at ?? null;
  }

  /** Takes what is due at `now`. */
  takeDue(now: number): DueTimer[] {
    const due: DueTimer[] = [];
    for (this.dropCleared(); this.heap[0] && this.heap[0].at <= now; this.dropCleared()) {
      const timer = this.pop();
      this.forget(timer);
      due.push(timer);
    }
    return due;
  }

  private forget(timer: DueTimer): void {
    this.live.delete(timer.id);
    const ofRun = this.byRun.get(timer.run);
    ofRun?.delete(timer.id);
    if (ofRun?.size === 0) this.byRun.delete(timer.run);
  }

  private dropCleared(): void {
    while (this.heap[0] && this.live.get(this.heap[0].id) !== this.heap[0]) this.pop();
  }

  private rebuild(): void {
    this.heap = [...this.live.values()].sort((left, right) => left.at - right.at);
  }

  private pop(): DueTimer {
    const top = this.heap[0];
    const last = this.heap.pop();
    if (!top || !last) throw new Error("the heap is empty");
    if (this.heap.length > 0) {
      this.heap[0] = last;
      this.sink(0);
    }
    return top;
  }

  private at(index: number): number {
    return this.heap[index]?.at ?? Infinity;
  }

  private swap(left: number, right: number): void {
    const one = this.heap[left];
    const other = this.heap[right];
    if (!one || !other) return;
    this.heap[left] = other;
    this.heap[right] = one;
  }

  private rise(index: number): void {
    for (let child = index; child > 0;) {
      const parent = (child - 1) >> 1;
      if (this.at(parent) <= this.at(child)) return;
      this.swap(parent, child);
      child = parent;
    }
  }

  private sink(index: number): void {
    for (let parent = index; ;) {
      const left = parent * 2 + 1;
      const smaller = this.at(left + 1) < this.at(left) ? left + 1 : left;
      if (this.at(smaller) >= this.at(parent)) return;
      this.swap(parent, smaller);
      parent = smaller;
    }
  }
}
