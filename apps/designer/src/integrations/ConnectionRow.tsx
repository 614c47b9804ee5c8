import type { ConnectionView, IntegrationFacts } from "@drawbridge/protocol";
import { ActionIcon, Button, Group, Menu, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheck, CircleX, Ellipsis, PencilLine, PlugZap, Trash2 } from "lucide-react";
import { useState } from "react";
import { call } from "../api/call.ts";
import { useMay } from "../api/session.ts";
import { Badge } from "../shared/Badge.tsx";
import { notifyDone } from "../shared/notify.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { RelativeTime } from "../shared/RelativeTime.tsx";
import { ConnectionDialog } from "./ConnectionDialog.tsx";
import classes from "./IntegrationsPage.module.css";

/** One configured connection: its address, its last test, who uses it. */
export function ConnectionRow({ integration, connection }: { integration: IntegrationFacts; connection: ConnectionView }) {
  const queries = useQueryClient();
  const mayTest = useMay("engineer");
  const mayEdit = useMay("admin");
  const [dialog, setDialog] = useState<"edit" | "delete" | null>(null);
  const test = useMutation({
    mutationFn: () => call("testConnection", { params: { id: connection.id } }),
    onSettled: () => void queries.invalidateQueries({ queryKey: ["connections"] }),
  });
  const address = addressText(connection);
  return (
    <li className={classes.connection}>
      <div className={classes.connectionName}>
        <span className="row">
          <b className="cut">{connection.name}</b>
          {!connection.enabled && <Badge>Off</Badge>}
        </span>
        <span className="muted cut">
          <span className="mono">{connection.id}</span>
          {address === "" ? "" : `, ${address}`}
        </span>
      </div>
      <div className={classes.tested} aria-live="polite">
        {test.error ? (
          <span className={classes.bad}>
            <CircleX size={14} aria-hidden />
            <span className="cut">{test.error.message}</span>
          </span>
        ) : connection.lastTest ? (
          <>
            <span className={connection.lastTest.ok ? classes.good : classes.bad} title={connection.lastTest.message}>
              {connection.lastTest.ok ? <CircleCheck size={14} strokeWidth={2} aria-hidden /> : <CircleX size={14} strokeWidth={2} aria-hidden />}
              <span className="cut">{connection.lastTest.message}</span>
            </span>
            <span className="muted">
              Tested <RelativeTime at={connection.lastTest.at} />
            </span>
          </>
        ) : (
          <span className="muted">Not tested yet</span>
        )}
      </div>
      <div className={classes.users}>
        {connection.usedBy.length === 0 ? (
          <span className="muted">No playbook uses it</span>
        ) : (
          connection.usedBy.slice(0, 3).map((playbook) => (
            <Link key={playbook.id} to="/playbooks/$id" params={{ id: playbook.id }} className="cut">
              {playbook.name}
            </Link>
          ))
        )}
        {connection.usedBy.length > 3 && <span className="muted">and {connection.usedBy.length - 3} more</span>}
      </div>
      <div className={classes.actions}>
        {mayTest && (
          <Button
            size="sm"
            variant="default"
            leftSection={<PlugZap size={14} aria-hidden />}
            loading={test.isPending}
            onClick={() => test.mutate()}
            aria-label={`Test ${connection.name}`}
          >
            Test
          </Button>
        )}
        {mayEdit && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={`More for ${connection.name}`}>
                <Ellipsis size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<PencilLine size={15} aria-hidden />} onClick={() => setDialog("edit")}>
                Edit
              </Menu.Item>
              <Menu.Item color="red" leftSection={<Trash2 size={15} aria-hidden />} onClick={() => setDialog("delete")}>
                Delete
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {dialog === "edit" && <ConnectionDialog integration={integration} connection={connection} onClose={() => setDialog(null)} />}
      {dialog === "delete" && <DeleteConnection connection={connection} onClose={() => setDialog(null)} />}
    </li>
  );
}

function DeleteConnection({ connection, onClose }: { connection: ConnectionView; onClose: () => void }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => call("deleteConnection", { params: { id: connection.id } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["connections"] });
      notifyDone(`${connection.name} is deleted.`);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Delete ${connection.name}?`}>
      <p className="secondary">
        Its settings and secrets are erased.{" "}
        {connection.usedBy.length > 0 ? `${connection.usedBy.map((playbook) => playbook.name).join(", ")} would fail without it.` : "No playbook uses it."}
      </p>
      {remove.error && <ProblemNote error={remove.error} />}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
          Delete
        </Button>
      </Group>
    </Modal>
  );
}

function addressText(connection: ConnectionView): string {
  for (const key of ["baseUrl", "url", "address", "host", "server"]) {
    const value = connection.settings[key];
    if (typeof value === "string" && value !== "") {
      const port = connection.settings["port"];
      return typeof port === "number" ? `${value}:${port}` : value;
    }
  }
  return "";
}
