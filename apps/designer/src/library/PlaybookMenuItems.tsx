import type { PlaybookSummary } from "@drawbridge/protocol";
import { ActionIcon, Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Activity, Download, Ellipsis, Network, PackageOpen, PencilLine, Play, Settings, Trash2, Zap } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useMay } from "../api/session.ts";
import { useOpenAtOnce } from "../shared/use-open-at-once.ts";
import { exportBundle, exportPlaybook } from "./export-playbook.ts";

const DeletePlaybook = lazy(() => import("./DeletePlaybook.tsx").then((module) => ({ default: module.DeletePlaybook })));
const UsesDrawer = lazy(() => import("./UsesDrawer.tsx").then((module) => ({ default: module.UsesDrawer })));
const StartRunDialog = lazy(() => import("./StartRunDialog.tsx").then((module) => ({ default: module.StartRunDialog })));

/** What can be done with one playbook; open from the start. */
export function PlaybookMenuItems({ playbook }: { playbook: PlaybookSummary }) {
  const { target, menu } = useOpenAtOnce();
  const navigate = useNavigate();
  const mayEdit = useMay("engineer");
  const mayRun = useMay("analyst");
  const [dialog, setDialog] = useState<"delete" | "start" | "uses" | null>(null);
  return (
    <>
      <Menu {...menu} position="bottom-end" width={216} withinPortal>
        <Menu.Target>
          <ActionIcon ref={target} aria-label={`More for ${playbook.name}`}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<PencilLine size={15} aria-hidden />} onClick={() => void navigate({ to: "/playbooks/$id", params: { id: playbook.id } })}>
            {mayEdit ? "Edit" : "Open"}
          </Menu.Item>
          {mayRun && (
            <Menu.Item leftSection={<Play size={15} aria-hidden />} disabled={playbook.live === null} onClick={() => setDialog("start")}>
              Start a run
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Activity size={15} aria-hidden />} onClick={() => void navigate({ to: "/runs", search: { playbook: playbook.id } })}>
            Its runs
          </Menu.Item>
          <Menu.Item leftSection={<Zap size={15} aria-hidden />} onClick={() => void navigate({ to: "/triggers", search: { playbook: playbook.id } })}>
            Its triggers
          </Menu.Item>
          <Menu.Item leftSection={<Network size={15} aria-hidden />} onClick={() => setDialog("uses")}>
            Where it is used
          </Menu.Item>
          <Menu.Item leftSection={<Download size={15} aria-hidden />} onClick={() => void exportPlaybook(playbook.id)}>
            Export
          </Menu.Item>
          <Menu.Item leftSection={<PackageOpen size={15} aria-hidden />} onClick={() => void exportBundle(playbook.id)}>
            Export with what it calls
          </Menu.Item>
          {mayEdit && (
            <>
              <Menu.Item leftSection={<Settings size={15} aria-hidden />} onClick={() => void navigate({ to: "/playbooks/$id/settings", params: { id: playbook.id } })}>
                Settings
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<Trash2 size={15} aria-hidden />} onClick={() => setDialog("delete")}>
                Delete
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {dialog === "delete" && <DeletePlaybook playbook={playbook} onClose={() => setDialog(null)} />}
        {dialog === "uses" && <UsesDrawer playbook={playbook} onClose={() => setDialog(null)} />}
        {dialog === "start" && <StartRunDialog playbook={playbook} onClose={() => setDialog(null)} />}
      </Suspense>
    </>
  );
}
