import { ActionIcon, Tooltip } from "@mantine/core";
import { Panel, useReactFlow, useStore } from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import { memo, type ReactNode } from "react";

/** Zoom out, in, fit, and what the page adds. */
export const ZoomBar = memo(function ZoomBar({ onFit, children }: { onFit: () => void; children?: ReactNode }) {
  const flow = useReactFlow();
  return (
    <Panel position="bottom-left" className="canvas-float">
      <Tooltip label="Zoom out">
        <ActionIcon size="sm" aria-label="Zoom out" onClick={() => void flow.zoomOut({ duration: 120 })}>
          <Minus size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Percent />
      <Tooltip label="Zoom in">
        <ActionIcon size="sm" aria-label="Zoom in" onClick={() => void flow.zoomIn({ duration: 120 })}>
          <Plus size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Fit the whole playbook">
        <ActionIcon size="sm" aria-label="Fit" onClick={onFit}>
          <Maximize size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {children}
    </Panel>
  );
});

function Percent() {
  const flow = useReactFlow();
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  return (
    <button type="button" className="canvas-percent num" aria-label={`Zoom ${percent} %; press for 100 %`} onClick={() => void flow.zoomTo(1, { duration: 120 })}>
      {percent}%
    </button>
  );
}
