import type { PlaybookSummary } from "@drawbridge/protocol";
import { ActionIcon } from "@mantine/core";
import { Ellipsis } from "lucide-react";
import { lazy, Suspense, useState } from "react";

const PlaybookMenuItems = lazy(() => import("./PlaybookMenuItems.tsx").then((module) => ({ default: module.PlaybookMenuItems })));

/** What can be done with one playbook; loaded when it is asked for. */
export function PlaybookMenu({ playbook }: { playbook: PlaybookSummary }) {
  const [asked, setAsked] = useState(false);
  const button = (
    <ActionIcon aria-label={`More for ${playbook.name}`} aria-haspopup="menu" onClick={() => setAsked(true)}>
      <Ellipsis size={16} aria-hidden />
    </ActionIcon>
  );
  if (!asked) return button;
  return (
    <Suspense fallback={button}>
      <PlaybookMenuItems playbook={playbook} />
    </Suspense>
  );
}
