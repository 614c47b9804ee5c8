import { instant } from "../instant.ts";
import type { PlaybookShelf } from "../playbooks/playbook-shelf.ts";
import type { Store } from "../store/store.ts";

/** Notes since when each playbook wants alerts: from when it was published with the trigger. */
export async function noteAlertTriggers(store: Store, shelf: PlaybookShelf): Promise<void> {
  const now = instant(Date.now());
  await store.atomically(async () => {
    await store.lock("alert triggers");
    const wanted = (await shelf.triggered()).flatMap((playbook) => (playbook.triggers ?? []).map(({ connection }) => ({ playbook_id: playbook.id, connection, since: now })));
    for (const row of await store.all(store.sql.selectFrom("alert_triggers").selectAll())) {
      if (!wanted.some((each) => each.playbook_id === row.playbook_id && each.connection === row.connection)) {
        await store.run(store.sql.deleteFrom("alert_triggers").where("playbook_id", "=", row.playbook_id).where("connection", "=", row.connection));
      }
    }
    for (const row of wanted)
      await store.run(
        store.sql
          .insertInto("alert_triggers")
          .values(row)
          .onConflict((on) => on.doNothing()),
      );
  });
}
