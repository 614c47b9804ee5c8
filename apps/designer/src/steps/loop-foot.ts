import type { Json, StepOf } from "@drawbridge/playbook";
import { ListOrdered, Repeat } from "lucide-react";
import { durationText } from "./duration-text.ts";
import type { FootLine } from "./step-look.ts";

/** The foot of a step that runs for each item or again until something holds. */
export function loopFoot(step: Pick<StepOf<"action">, "forEach" | "repeat">): FootLine | null {
  if (step.forEach) {
    const each = `for each of ${itemsText(step.forEach.items)}`;
    const atOnce = step.forEach.concurrency && step.forEach.concurrency > 1 ? ` · ${step.forEach.concurrency} at a time` : "";
    return { icon: ListOrdered, text: `${each}${atOnce}` };
  }
  if (step.repeat) return { icon: Repeat, text: `until ${untilText(step.repeat.until)} · ${durationText(step.repeat.every)} · max ${step.repeat.max}` };
  return null;
}

function itemsText(items: Json): string {
  if (Array.isArray(items)) return String(items.length);
  if (typeof items === "string") return lastPart(items.replaceAll(/[{}\s]/g, "").split("|")[0] ?? "items");
  return "items";
}

const lastPart = (path: string) => path.split(".").at(-1) || "items";

/** `{"==": [{"var": "output.status"}, "isolated"]}` reads "isolated"; anything more is "done". */
function untilText(until: Json): string {
  if (typeof until !== "object" || until === null || Array.isArray(until)) return "done";
  const [operator, operands] = Object.entries(until)[0] ?? [];
  if (operator === "var" && typeof operands === "string") return lastPart(operands);
  if ((operator === "==" || operator === "===") && Array.isArray(operands)) {
    const wanted = (operands as Json[]).find((each) => typeof each === "string");
    if (typeof wanted === "string") return wanted;
  }
  return "done";
}
