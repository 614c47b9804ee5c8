import type { PlaybookSummary } from "@drawbridge/protocol";
import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import { startableQuery } from "../library/startable-playbooks.ts";
import { StartRunDialog } from "../library/StartRunDialog.tsx";

/** Starts a published playbook on this case. */
export function RunPlaybookMenu({ caseId }: { caseId: string }) {
  const [opened, setOpened] = useState(false);
  const [chosen, setChosen] = useState<PlaybookSummary | null>(null);
  const playbooks = useQuery({ ...startableQuery, enabled: opened });
  return (
    <>
      <Menu opened={opened} onChange={setOpened} position="bottom-end" width={260}>
        <Menu.Target>
          <Button variant="subtle" leftSection={<Play size={15} strokeWidth={1.75} aria-hidden />}>
            Run a playbook
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
          {playbooks.data?.map((playbook) => (
            <Menu.Item key={playbook.id} onClick={() => setChosen(playbook)}>
              {playbook.name}
            </Menu.Item>
          ))}
          {playbooks.data?.length === 0 && <Menu.Label>No playbook is published yet</Menu.Label>}
          {playbooks.isPending && <Menu.Label>Reading the playbooks</Menu.Label>}
        </Menu.Dropdown>
      </Menu>
      {chosen && <StartRunDialog playbook={chosen} caseId={caseId} onClose={() => setChosen(null)} />}
    </>
  );
}
