import type { TriggerView } from "@drawbridge/protocol";
import { Badge } from "../shared/Badge.tsx";
import { stateLooks, stateOf } from "./trigger-looks.ts";

/** How a trigger stands, as icon and word. */
export function TriggerState({ trigger }: { trigger: TriggerView }) {
  const { icon: Icon, word, tone } = stateLooks[stateOf(trigger)];
  return (
    <Badge tone={tone}>
      <Icon size={12} strokeWidth={2} aria-hidden />
      {word}
    </Badge>
  );
}
