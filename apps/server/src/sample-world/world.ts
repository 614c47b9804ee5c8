import type { Json } from "@drawbridge/playbook";

export type Story = "executive" | "employee" | "two-hosts" | "unknown-user";

/** What the server does with the simulated company. */
export interface World {
  /** Raises an alert; its id. */
  raise(story: Story): Promise<string>;
  /** Newest first. */
  mailbox(): Promise<readonly { readonly [key: string]: Json }[]>;
  state(): Promise<{ world: Record<string, Json>; changes: Record<string, { what: string; at: number }[]> }>;
  reset(): Promise<void>;
}
