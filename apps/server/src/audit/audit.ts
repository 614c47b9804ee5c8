import { createHash } from "node:crypto";
import type { Json } from "@drawbridge/playbook";
import { instant } from "../instant.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { Store } from "../store/store.ts";

/** Who did what, append-only; each entry's hash covers the one before it. */
export class Audit {
  readonly #store: Store;
  readonly #redactor: Redactor;

  constructor(store: Store, redactor: Redactor) {
    this.#store = store;
    this.#redactor = redactor;
  }

  async write(who: string, what: string, details: { readonly [key: string]: Json }): Promise<void> {
    const at = instant(Date.now());
    const text = JSON.stringify(this.#redactor.json(details));
    await this.#store.atomically(async () => {
      await this.#store.lock("audit");
      const last = await this.#store.first(this.#store.sql.selectFrom("audit").select(["seq", "hash"]).orderBy("seq", "desc").limit(1));
      const seq = (last?.seq ?? 0) + 1;
      const hash = createHash("sha256")
        .update(JSON.stringify([last?.hash ?? "", seq, at, who, what, text]))
        .digest("base64url");
      await this.#store.run(this.#store.sql.insertInto("audit").values({ seq, at, who, what, details: text, hash }));
    });
  }
}
