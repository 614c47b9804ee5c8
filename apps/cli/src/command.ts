/** One command of `drawbridge`; `run` takes the words after its name and gives the exit code. */
export interface Command {
  readonly usage: string;
  readonly summary: string;
  readonly run: (words: readonly string[]) => Promise<number>;
}
