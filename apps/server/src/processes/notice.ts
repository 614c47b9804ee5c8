/** What one process tells the others after a commit: ids only, what they stand for is in the store. */
export type Notice =
  | { readonly kind: "case-changed"; readonly caseId: string; readonly entries: readonly string[]; readonly gone: readonly string[] }
  | { readonly kind: "connection-changed"; readonly id: string }
  | { readonly kind: "settings-changed" }
  | { readonly kind: "session-ended"; readonly tokenHash: string }
  | { readonly kind: "version-published"; readonly playbook: string; readonly version: number; readonly rolledBackTo: number | null }
  /** Without a person it is the draft that all share until there is a version. */
  | { readonly kind: "draft-saved"; readonly playbook: string; readonly person: string | null; readonly etag: string }
  /** Who has a playbook open at that process, by address. */
  | { readonly kind: "presence"; readonly process: string; readonly playbook: string; readonly people: readonly string[] }
  /** That process lives, and whom it told of is there still. */
  | { readonly kind: "presence-beat"; readonly process: string }
  /** Every process shall tell anew who is there. */
  | { readonly kind: "presence-wanted" }
  /** Whoever reads alerts shall do it now. */
  | { readonly kind: "alerts-wanted" };

export type NoticeOf<Kind extends Notice["kind"]> = Extract<Notice, { readonly kind: Kind }>;
