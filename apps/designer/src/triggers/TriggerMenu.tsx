import type { TriggerView } from "@drawbridge/protocol";
import { ActionIcon, Menu } from "@mantine/core";
import { Ellipsis, KeyRound, Pause, Play, Power, Trash2 } from "lucide-react";
import { useState } from "react";
import { DeleteTrigger } from "./DeleteTrigger.tsx";
import { FireDialog } from "./FireDialog.tsx";
import { RotateDialog } from "./RotateDialog.tsx";
import { useTurnTrigger } from "./use-turn-trigger.ts";

/** What an engineer can do with one trigger. */
export function TriggerMenu({ trigger }: { trigger: TriggerView }) {
  const [dialog, setDialog] = useState<"fire" | "delete" | "rotate" | null>(null);
  const turn = useTurnTrigger(trigger);
  const close = () => setDialog(null);
  return (
    <>
      <Menu position="bottom-end" width={200} withinPortal>
        <Menu.Target>
          <ActionIcon aria-label={`More for ${trigger.name}`}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Play size={15} aria-hidden />} onClick={() => setDialog("fire")}>
            Run now
          </Menu.Item>
          <Menu.Item leftSection={trigger.enabled ? <Pause size={15} aria-hidden /> : <Power size={15} aria-hidden />} onClick={() => turn.mutate(!trigger.enabled)}>
            {trigger.enabled ? "Turn off" : "Turn on"}
          </Menu.Item>
          {trigger.webhook && (
            <Menu.Item leftSection={<KeyRound size={15} aria-hidden />} onClick={() => setDialog("rotate")}>
              New token
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<Trash2 size={15} aria-hidden />} onClick={() => setDialog("delete")}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === "fire" && <FireDialog trigger={trigger} onClose={close} />}
      {dialog === "delete" && <DeleteTrigger trigger={trigger} onClose={close} />}
      {dialog === "rotate" && <RotateDialog trigger={trigger} onClose={close} />}
    </>
  );
}
