import { AlertIntake } from "../intake/alert-intake.ts";
import { Retention } from "../retention/retention.ts";
import type { InputIndex } from "../runs/input-index.ts";
import { Schedules } from "../triggers/schedules.ts";
import type { Bus } from "./bus.ts";
import type { Led } from "./leadership.ts";

type Parts = ConstructorParameters<typeof AlertIntake>[0] &
  ConstructorParameters<typeof Retention>[0] &
  ConstructorParameters<typeof Schedules>[0] & { readonly bus: Bus; readonly inputs: InputIndex };

interface UnderWay {
  readonly intake: AlertIntake;
  readonly retention: Retention;
  readonly schedules: Schedules;
}

/** What is done in the background by one process at a time: alerts are read, schedules fired, inputs of runs made searchable, and runs deleted that are over retention. */
export class Duties implements Led {
  readonly #parts: Parts;
  #underWay: UnderWay | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.bus.on("alerts-wanted", () => this.#underWay?.intake.poll());
  }

  readonly begin = async (): Promise<void> => {
    const underWay = { intake: new AlertIntake(this.#parts), retention: new Retention(this.#parts), schedules: new Schedules(this.#parts) };
    this.#underWay = underWay;
    await underWay.intake.start();
    underWay.retention.start();
    underWay.schedules.start();
    this.#parts.inputs.start();
  };

  readonly end = async (): Promise<void> => {
    const underWay = this.#underWay;
    this.#underWay = null;
    await underWay?.intake.stop();
    await underWay?.retention.stop();
    await underWay?.schedules.stop();
    await this.#parts.inputs.stop();
  };

  /** How the reading of alerts goes, as far as this process does it. */
  get intakeProblems(): readonly string[] {
    return this.#underWay?.intake.problems() ?? [];
  }

  /** Reads alerts now, here or where that is done. */
  async poll(): Promise<void> {
    if (this.#underWay) await this.#underWay.intake.poll();
    else await this.#parts.bus.tell({ kind: "alerts-wanted" });
  }

  async sweep(): Promise<void> {
    await this.#underWay?.retention.sweep();
  }

  async fireSchedules(): Promise<void> {
    await this.#underWay?.schedules.fireDue();
  }
}
