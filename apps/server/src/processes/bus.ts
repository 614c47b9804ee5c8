import type { Notice, NoticeOf } from "./notice.ts";

/** How the processes of one database tell each other what changed. */
export interface Bus {
  /** Told to all other processes, never to this one; within a transaction, when that is committed. */
  tell(notice: Notice): Promise<void>;
  /** Hears what other processes told, one after the other. */
  on<Kind extends Notice["kind"]>(kind: Kind, listener: (notice: NoticeOf<Kind>) => Promise<void> | void): void;
  /** Notices may have been missed: read everything anew. Called again until it succeeds. */
  onMissed(listener: () => Promise<void> | void): void;
  close(): Promise<void>;
}

/** For the one process of an SQLite file: there is nobody else. */
export const noBus: Bus = {
  tell: () => Promise.resolve(),
  on: () => undefined,
  onMissed: () => undefined,
  close: () => Promise.resolve(),
};
