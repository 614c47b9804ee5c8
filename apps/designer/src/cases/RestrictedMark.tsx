import { Lock } from "lucide-react";
import { Badge } from "../shared/Badge.tsx";

/** A lock and a word: only the case's members can see that it exists. */
export function RestrictedMark({ members }: { members?: number }) {
  return (
    <Badge tone="plum" title="Only its members can see that it exists">
      <Lock size={12} strokeWidth={2} aria-hidden />
      Restricted{members === undefined ? "" : ` · ${members} ${members === 1 ? "member" : "members"}`}
    </Badge>
  );
}
