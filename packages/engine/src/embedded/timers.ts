import type { Clock } from "../ports.ts";
import { type DueTimer, TimerHeap } from "./timer-heap.ts";

/** The longest sleep, so that a clock that is set is noticed. */
const longestMs = 15_000;

/** One alarm for all timers: fires what is due. */
export class Timers {
  private readonly clock: Clock;
  private readonly fire: (timer: DueTimer) => void;
  private readonly heap = new TimerHeap();
  private alarm: NodeJS.Timeout | null = null;
  private alarmAt = Infinity;
  private stopped = false;

  constructor(clock: Clock, fire: (timer: DueTimer) => void) {
    this.clock = clock;
    this.fire = fire;
  }

  get size(): number {
    return this.heap.size;
  }

  set(timer: DueTimer): void {
    this.heap.set(timer);
    if (timer.at < this.alarmAt) this.arm();
  }

  clear(id: string): void {
    this.heap.clear(id);
  }

  clearRun(run: string): void {
    this.heap.clearRun(run);
  }

  stop(): void {
    this.stopped = true;
    if (this.alarm) clearTimeout(this.alarm);
  }

  private arm(): void {
    if (this.alarm) clearTimeout(this.alarm);
    this.alarm = null;
    this.alarmAt = Infinity;
    const next = this.heap.next();
    if (next === null || this.stopped) return;
    const now = this.clock.now();
    this.alarmAt = next;
    this.alarm = setTimeout(
      () => {
        this.alarm = null;
        for (const timer of this.heap.takeDue(this.clock.now())) this.fire(timer);
        this.arm();
      },
      Math.max(0, Math.min(next - now, longestMs)),
    );
  }
}
