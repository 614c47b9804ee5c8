import { Button } from "@mantine/core";
import { FlaskConical } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { Answer } from "../api/call.ts";

const SaveScenarioDialog = lazy(() => import("./SaveScenarioDialog.tsx").then((module) => ({ default: module.SaveScenarioDialog })));

/** Makes a test of a run that is over. */
export function SaveScenario({ detail }: { detail: Answer<"getRun"> }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<FlaskConical size={15} strokeWidth={1.75} aria-hidden />} onClick={() => setOpen(true)}>
        Save as scenario
      </Button>
      {open && (
        <Suspense>
          <SaveScenarioDialog detail={detail} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
