import { StartError } from "../start-error.ts";
import type { Store } from "../store/store.ts";
import type { Sealer } from "./sealer.ts";

const text = "drawbridge";
const context = "key check";

/** All processes of a database need the key that its secrets were sealed with; the first one leaves a mark of it. */
export async function checkKey(store: Store, sealer: Sealer): Promise<void> {
  const mark = await store.atomically(async () => {
    await store.lock(context);
    const row = await store.first(store.sql.selectFrom("key_check").select("sealed").where("id", "=", "key"));
    if (row) return row.sealed;
    const sealed = sealer.seal(text, context);
    await store.run(store.sql.insertInto("key_check").values({ id: "key", sealed }));
    return sealed;
  });
  try {
    sealer.open(mark, context);
  } catch (error) {
    throw new StartError(
      "wrong-key",
      "The secrets of this database were sealed with another key. Give all processes the same DRAWBRIDGE_KEY, or the file `key` of the data folder of the first one.",
      error,
    );
  }
}
