import { parsePlaybookText, type Playbook } from "@drawbridge/playbook";

/** Edits that the server does not have yet, with what they were made from. */
export interface KeptEdits {
  readonly base: Playbook;
  /** The tag of `base`. */
  readonly etag: string;
  /** What was sent without an answer so far. */
  readonly sent: Playbook | null;
  readonly mine: Playbook;
  /** The published version that the edits shall stand on from now on, when that is not yet said to the server. */
  readonly over: number | null;
  /** Epoch ms. */
  readonly at: number;
}

/** The same as it is stored: documents as text, under whose they are and which tab made them. */
export interface KeptRow {
  readonly person: string;
  readonly playbook: string;
  readonly tab: string;
  readonly base: string;
  readonly etag: string;
  readonly sent: string | null;
  readonly mine: string;
  readonly over: number | null;
  readonly at: number;
}

/** Where rows lie in the browser; a row's key is person, playbook and tab. */
export interface KeptRows {
  readonly put: (row: KeptRow) => Promise<void>;
  readonly remove: (person: string, playbook: string, tab: string) => Promise<void>;
  readonly list: (person: string, playbook: string) => Promise<readonly KeptRow[]>;
}

const texts = new WeakMap<Playbook, string>();

function textOf(playbook: Playbook): string {
  const known = texts.get(playbook);
  if (known !== undefined) return known;
  const text = JSON.stringify(playbook);
  texts.set(playbook, text);
  return text;
}

export const rowOf = (owner: Pick<KeptRow, "person" | "playbook" | "tab">, { base, sent, mine, ...rest }: KeptEdits): KeptRow => ({
  ...owner,
  ...rest,
  base: textOf(base),
  sent: sent && textOf(sent),
  mine: textOf(mine),
});

/** Null when it cannot be read any more. */
export function editsOf({ base, sent, mine, etag, over, at }: KeptRow): KeptEdits | null {
  const read = (text: string) => {
    const parsed = parsePlaybookText(text, { maxBytes: Number.MAX_SAFE_INTEGER });
    return parsed.ok ? parsed.playbook : null;
  };
  const [from, own] = [read(base), read(mine)];
  return from && own && { base: from, etag, sent: sent === null ? null : read(sent), mine: own, over, at };
}
