import { type Playbook, playbook as playbookSchema } from "@drawbridge/playbook";

export interface Kept {
  readonly playbook: Playbook;
  readonly etag: string;
  readonly at: number;
}

/** Unsaved edits of one playbook, kept in the browser. */
export interface KeptEdits {
  readonly put: (playbook: Playbook, etag: string, at: number) => void;
  readonly clear: () => void;
  readonly read: () => Kept | null;
}

/** Keeps edits in `storage`; a full or forbidden storage loses only the safety net, never the editing. */
export function keptEdits(id: string, storage: Pick<Storage, "getItem" | "setItem" | "removeItem">): KeptEdits {
  const key = `drawbridge.unsaved.${id}`;
  return {
    put: (playbook, etag, at) => {
      try {
        storage.setItem(key, JSON.stringify({ playbook, etag, at }));
      } catch {
        storage.removeItem(key);
      }
    },
    clear: () => storage.removeItem(key),
    read: () => {
      try {
        const kept = JSON.parse(storage.getItem(key) ?? "null") as Kept | null;
        const parsed = playbookSchema.safeParse(kept?.playbook);
        return kept && parsed.success && typeof kept.etag === "string" ? { playbook: parsed.data, etag: kept.etag, at: Number(kept.at) || 0 } : null;
      } catch {
        return null;
      }
    },
  };
}
