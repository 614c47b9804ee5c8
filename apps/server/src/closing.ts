/** What has to be closed, the last opened first; what fails does not keep the rest open. */
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
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
