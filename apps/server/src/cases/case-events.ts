import type { WarRoomEntry } from "@drawbridge/protocol";

/** What happened to a case, told after it is stored. */
export interface CaseEvent {
  readonly caseId: string;
  readonly entries: readonly WarRoomEntry[];
  /** Whether a person did it, in this process, so that runs must hear of it. */
  readonly byPerson: boolean;
  /** People who have just lost sight of it. */
  readonly gone: readonly string[];
}

export type CaseListener = (event: CaseEvent) => void;
