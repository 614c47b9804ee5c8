/** What one process takes on. */
export interface EngineLimits {
  /** Calls under way, in all and for one connection; the host may say how many for one playbook. */
  readonly calls: number;
  readonly callsPerConnection: number;
  /** Calls and turns that wait; with more, a start is refused with `queue-full`. */
  readonly queued: number;
  /** Bytes of one output as JSON; with more, the step fails with `output-too-large`. */
  readonly outputBytes: number;
  /** How deep playbooks may call each other. */
  readonly callDepth: number;
  /** Waiting runs kept in memory; others are folded again when they are needed. */
  readonly idleInMemory: number;
  /** How long a commit waits, in ms, while another process or connection writes. */
  readonly storeBusyMs: number;
}

export const engineLimits: EngineLimits = {
  calls: 200,
  callsPerConnection: 10,
  queued: 10_000,
  outputBytes: 16 * 1024 * 1024,
  callDepth: 20,
  idleInMemory: 500,
  storeBusyMs: 5_000,
};
