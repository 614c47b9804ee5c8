/** What has to be closed, the last opened first. */
export class Closing {
  readonly #steps: (() => Promise<unknown> | unknown)[] = [];
  #under: Promise<void> | null = null;

  add(close: () => Promise<unknown> | unknown): void {
    this.#steps.push(close);
  }

  run(): Promise<void> {
    return (this.#under ??= this.#all());
  }

  async #all(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) await step();
  }
}
