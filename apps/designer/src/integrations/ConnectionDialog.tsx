import type { ConnectionView, IntegrationFacts } from "@drawbridge/protocol";
import { Button, Drawer, Group, PasswordInput, Select, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/call.ts";
import { slugOf } from "../library/new-playbook.ts";
import { notifyDone } from "../shared/notify.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { type ConnectionField, connectionFields } from "./connection-fields.ts";
import classes from "./ConnectionDialog.module.css";
import { readSettings } from "./read-settings.ts";

/** Some integrations name in their settings what every connection says of itself; it is asked once. */
const privateNetworkKey = "allowPrivateNetwork";

/** A form made from the integration's schema. Secrets go in and never come back. */
export function ConnectionDialog({ integration, connection, onClose }: { integration: IntegrationFacts; connection: ConnectionView | null; onClose: () => void }) {
  const queries = useQueryClient();
  const all = connectionFields(integration.connection);
  const fields = all.filter((field) => field.key !== privateNetworkKey);
  const [name, setName] = useState(connection?.name ?? integration.title);
  const [id, setId] = useState<string | null>(connection?.id ?? null);
  const [enabled, setEnabled] = useState(connection?.enabled ?? true);
  const [privateNetwork, setPrivateNetwork] = useState(connection?.allowPrivateNetwork ?? false);
  const [values, setValues] = useState<{ readonly [key: string]: string | boolean }>(() =>
    Object.fromEntries(fields.filter((field) => !field.secret).map((field) => [field.key, initialOf(field, connection)])),
  );
  const shownId = id ?? slugOf(name);
  const set = (key: string, value: string | boolean) => setValues((earlier) => ({ ...earlier, [key]: value }));
  const save = useMutation({
    mutationFn: async () => {
      const settings = { ...readSettings(fields, values, connection?.secrets ?? []), ...(fields.length < all.length && { [privateNetworkKey]: privateNetwork }) };
      const body = { name: name.trim(), settings, allowPrivateNetwork: privateNetwork, enabled };
      return connection
        ? await call("updateConnection", { params: { id: connection.id }, body })
        : await call("createConnection", { body: { ...body, id: shownId, integration: integration.id } });
    },
    onSuccess: ({ data }) => {
      void queries.invalidateQueries({ queryKey: ["connections"] });
      notifyDone(`${data.name} is saved. Test it to be sure.`);
      onClose();
    },
  });
  return (
    <Drawer opened onClose={onClose} position="right" size={460} title={connection ? connection.name : `Connect ${integration.title}`}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput label="Name" required maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput
            label="Id"
            description={connection ? "Playbooks refer to it by this." : "Playbooks refer to it by this; it cannot be changed later."}
            required
            disabled={connection !== null}
            maxLength={64}
            pattern="[a-z0-9]([a-z0-9\-]{0,62}[a-z0-9])?"
            value={shownId}
            onChange={(event) => setId(event.currentTarget.value)}
            classNames={{ input: "mono" }}
          />
          {fields.map((field) => (
            <SettingInput
              key={field.key}
              field={field}
              value={values[field.key]}
              isSet={connection?.secrets.includes(field.key) ?? false}
              onChange={(value) => set(field.key, value)}
            />
          ))}
          <Switch
            label="Private addresses may be reached"
            description="Loopback, link-local and private networks; only for vendors that run in your own."
            checked={privateNetwork}
            onChange={(event) => setPrivateNetwork(event.currentTarget.checked)}
          />
          <Switch
            label="Enabled"
            description="A connection that is off refuses every action and polls nothing."
            checked={enabled}
            onChange={(event) => setEnabled(event.currentTarget.checked)}
          />
        </Stack>
        {save.error && <ProblemNote error={save.error} />}
        <Group justify="flex-end" className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </form>
    </Drawer>
  );
}

function initialOf(field: ConnectionField, connection: ConnectionView | null): string | boolean {
  const value = connection ? (connection.settings[field.key] ?? field.initial) : field.initial;
  if (field.kind === "boolean") return value === true;
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);
}

function SettingInput({
  field,
  value,
  isSet,
  onChange,
}: {
  field: ConnectionField;
  value: string | boolean | undefined;
  isSet: boolean;
  onChange: (value: string | boolean) => void;
}) {
  const text = typeof value === "string" ? value : "";
  const shared = { label: field.label, description: field.help || undefined, required: field.required && !(field.secret && isSet) };
  if (field.secret)
    return (
      <PasswordInput
        {...shared}
        autoComplete="new-password"
        placeholder={isSet ? "Set; leave empty to keep it" : ""}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": `Show or hide ${field.label}` }}
      />
    );
  if (field.kind === "boolean")
    return <Switch label={field.label} description={field.help || undefined} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
  if (field.kind === "choice") return <Select {...shared} data={[...field.choices]} value={text || null} onChange={(chosen) => onChange(chosen ?? "")} />;
  if (field.kind === "json")
    return <Textarea {...shared} classNames={{ input: "mono" }} autosize minRows={2} maxRows={10} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
  return <TextInput {...shared} inputMode={field.kind === "number" ? "decimal" : "text"} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
}
