import type { StoreMigration } from "@drawbridge/engine/embedded";
import { sql } from "kysely";

const statements = [
  `create table playbook_actions (playbook_id text not null, action text not null, primary key (playbook_id, action))`,
  `create index playbook_actions_by_action on playbook_actions (action, playbook_id)`,
  `create table playbook_calls (playbook_id text not null, called text not null, primary key (playbook_id, called))`,
  `create index playbook_calls_by_called on playbook_calls (called, playbook_id)`,
];

interface Listed {
  readonly id: string;
  readonly document: string;
}

/** Which actions and playbooks each playbook uses, so that lists can be asked for by them. */
export const playbookUses: StoreMigration = {
  name: "server-0006-playbook-uses",
  up: async (db) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
    const { rows } = await sql<Listed>`select playbooks.id as id, coalesce(playbooks.draft, playbook_versions.document) as document from playbooks
      left join playbook_versions on playbook_versions.playbook_id = playbooks.id and playbook_versions.version = playbooks.live where playbooks.deleted = 0`.execute(db);
    for (const { id, document } of rows) {
      const steps = Object.values(
        (JSON.parse(document) as { readonly steps: { readonly [id: string]: { readonly kind: string; readonly action?: string; readonly playbook?: string } } }).steps,
      );
      const actions = new Set(steps.flatMap((step) => (step.kind === "action" && step.action !== undefined ? [step.action] : [])));
      const calls = new Set(steps.flatMap((step) => (step.kind === "call" && step.playbook !== undefined ? [step.playbook] : [])));
      for (const action of actions) await sql`insert into playbook_actions (playbook_id, action) values (${id}, ${action})`.execute(db);
      for (const called of calls) await sql`insert into playbook_calls (playbook_id, called) values (${id}, ${called})`.execute(db);
    }
  },
};
