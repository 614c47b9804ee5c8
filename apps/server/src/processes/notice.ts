/** What one process tells the others after a commit: ids only, what they stand for is in the store. */
export type Notice =
  | { readonly kind: "case-changed"; readonly caseId: string; readonly entries: readonly string[]; readonly gone: readonly string[] }
  | { readonly kind: "connection-changed"; readonly id: string }
  | { readonly kind: "settings-changed" }
  | { readonly kind: "session-ended"; readonly tokenHash: string }
  /** Whoever reads alerts shall do it now. */
  | { readonly kind: "alerts-wanted" };

export type NoticeOf<Kind extends Notice["kind"]> = Extract<Notice, { readonly kind: Kind }>;
