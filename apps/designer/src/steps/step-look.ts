import type { TileColor } from "@drawbridge/integration-kit";
import type { StepKind, StepOf } from "@drawbridge/playbook";
import type { LucideIcon } from "lucide-react";
import type { StepCatalog } from "./step-catalog.ts";

/** A line at the foot of a card: what the step adds. */
export interface FootLine {
  readonly icon: LucideIcon;
  readonly text: string;
}

/** How a kind of step is drawn and named. */
export interface StepLook<Kind extends StepKind> {
  readonly icon: LucideIcon;
  readonly tile: TileColor;
  readonly shape: "square" | "diamond";
  readonly title: string;
  /** One sentence for the palette. */
  readonly summary: string;
  /** The second line of the card. */
  readonly subtitle: (step: StepOf<Kind>, catalog: StepCatalog) => string;
  readonly foot: (step: StepOf<Kind>) => FootLine | null;
  /** The way that leaves on the right, and what it is called; null when the kind has none. */
  readonly exception: { readonly way: "error" | "limit"; readonly label: string } | null;
  /** Whether it changes something outside; null when the kind calls nothing. */
  readonly effect: (step: StepOf<Kind>, catalog: StepCatalog) => "reads" | "changes" | null;
}
