import { type Engine, EngineError } from "@drawbridge/engine";
import { resolve, scopeOf, type Json, type Playbook } from "@drawbridge/playbook";
import type { ActionCalls } from "../actions/action-calls.ts";
import { instant } from "../instant.ts";
import type { Log } from "../log.ts";
import type { PlaybookShelf } from "../playbooks/playbook-shelf.ts";
import type { Store } from "../store/store.ts";
import { noteAlertTriggers } from "./note-alert-triggers.ts";

interface Parts {
  readonly store: Store;
  readonly shelf: PlaybookShelf;
  readonly engine: Engine;
  readonly calls: ActionCalls;
  readonly log: Log;
  readonly pollMs: number;
}

type Named = { readonly [key: string]: Json };
interface Watched {
  readonly playbook: Playbook;
  readonly inputs: Named;
}

/** How far before the last alert it looks again, since a vendor may show an alert late. */
const overlapMs = 15 * 60_000;
const pageSize = 1_000;
const longestWaitMs = 10 * 60_000;

/** Asks Code42 for new alerts and starts a run of every playbook that wants them: each alert once for each playbook, over restarts too. */
export class AlertIntake {
  readonly #parts: Parts;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #polling: Promise<void> = Promise.resolve();
  readonly #failures = new Map<string, { count: number; message: string; notBefore: number }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    await noteAlertTriggers(this.#parts.store, this.#parts.shelf);
    this.#schedule(0);
  }

  /** How the polling of each connection goes, for readiness. */
  problems(): readonly string[] {
    return [...this.#failures].map(([connection, { count, message }]) => `${connection}: ${message} (${count} ${count === 1 ? "time" : "times"})`);
  }

  async stop(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#stopping.abort();
    await this.#polling;
  }

  /** Asks every connection at once, whatever their waiting times; for tests and after a simulated alert. */
  async poll(): Promise<void> {
    this.#polling = this.#polling.then(() => this.#pollAll(true));
    await this.#polling;
  }

  #schedule(delay: number): void {
    if (this.#stopping.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#polling = this.#polling.then(() => this.#pollAll(false));
      void this.#polling.then(() => this.#schedule(this.#parts.pollMs));
    }, delay);
    this.#timer.unref();
  }

  async #pollAll(now: boolean): Promise<void> {
    try {
      await this.#pollEach(now);
    } catch (error) {
      this.#parts.log.error({ err: error }, "alerts could not be looked for");
    }
  }

  async #pollEach(now: boolean): Promise<void> {
    const { shelf } = this.#parts;
    const byConnection = new Map<string, Watched[]>();
    for (const playbook of await shelf.triggered()) {
      for (const trigger of playbook.triggers ?? []) byConnection.set(trigger.connection, [...(byConnection.get(trigger.connection) ?? []), { playbook, inputs: trigger.inputs }]);
    }
    for (const connection of this.#failures.keys()) if (!byConnection.has(connection)) this.#failures.delete(connection);
    for (const [connection, watched] of byConnection) {
      if (this.#stopping.signal.aborted) return;
      const failure = this.#failures.get(connection);
      if (failure && !now && failure.notBefore > Date.now()) continue;
      try {
        const refused = await this.#pollOne(connection, watched);
        if (refused === null) this.#failures.delete(connection);
        else this.#failures.set(connection, { count: (failure?.count ?? 0) + 1, message: refused, notBefore: 0 });
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        const count = (failure?.count ?? 0) + 1;
        const message = error instanceof Error ? error.message : String(error);
        this.#failures.set(connection, { count, message, notBefore: Date.now() + Math.min(longestWaitMs, this.#parts.pollMs * 2 ** Math.min(count, 10)) });
        this.#parts.log.warn({ connection, count, message }, "alerts could not be read");
      }
    }
  }

  /** What a playbook refused, null when every alert was taken. */
  async #pollOne(connection: string, watched: readonly Watched[]): Promise<string | null> {
    const { store, calls } = this.#parts;
    const triggers = await store.all(store.sql.selectFrom("alert_triggers").selectAll().where("connection", "=", connection));
    const oldest = triggers.map(({ since }) => since).sort()[0];
    if (oldest === undefined) return null;
    const output = await calls.perform({
      action: "code42.list-alerts",
      connection,
      input: { since: oldest, limit: pageSize },
      idempotencyKey: `poll/${connection}`,
      run: null,
      caseId: null,
      actor: "intake",
      signal: this.#stopping.signal,
      timeoutMs: 60_000,
    });
    const alerts = alertsIn(output);
    let refused: string | null = null;
    for (const alert of alerts) {
      for (const { playbook, inputs } of watched) {
        const since = triggers.find((trigger) => trigger.playbook_id === playbook.id)?.since;
        if (since === undefined || alert.createdAt < since) continue;
        try {
          await this.#take(connection, alert, playbook, inputs);
        } catch (error) {
          if (!(error instanceof EngineError) || error.code !== "invalid-input") throw error;
          refused = `${playbook.name} does not take alert ${alert.id}: ${error.message}`;
        }
      }
    }
    const newest = alerts.at(-1);
    if (newest) await this.#advance(connection, alerts.length < pageSize ? instant(Date.parse(newest.createdAt) - overlapMs) : newest.createdAt);
    return refused;
  }

  /** Starts the run for an alert once: the engine answers a second start under the same key with the first one's run. */
  async #take(connection: string, alert: Alert, playbook: Playbook, inputs: Named): Promise<void> {
    const { store, engine, log } = this.#parts;
    const known = await store.first(
      store.sql.selectFrom("alerts_seen").select("run_id").where("connection", "=", connection).where("alert_id", "=", alert.id).where("playbook_id", "=", playbook.id),
    );
    if (known) return;
    const input = resolve(inputs, scopeOf({ alert: alert.fields })) as Named;
    const { run } = await engine.start({
      playbook: playbook.id,
      input,
      trigger: { kind: "alert", source: `${connection}/${alert.id}` },
      idempotencyKey: `alert/${connection}/${playbook.id}/${alert.id}`,
    });
    const row = { connection, alert_id: alert.id, playbook_id: playbook.id, run_id: run, at: instant(Date.now()) };
    await store.run(
      store.sql
        .insertInto("alerts_seen")
        .values(row)
        .onConflict((on) => on.doNothing()),
    );
    log.info({ connection, alert: alert.id, playbook: playbook.id, run }, "an alert started a run");
  }

  /** Moves on how far back the next question goes; never backwards. */
  async #advance(connection: string, to: string): Promise<void> {
    const { store } = this.#parts;
    await store.run(store.sql.updateTable("alert_triggers").set({ since: to }).where("connection", "=", connection).where("since", "<", to));
  }
}

interface Alert {
  readonly id: string;
  readonly createdAt: string;
  readonly fields: Named;
}

function alertsIn(output: Json): Alert[] {
  const alerts = (output as Named)["alerts"];
  if (!Array.isArray(alerts)) return [];
  return alerts
    .flatMap((fields: Named) =>
      typeof fields["id"] === "string" && typeof fields["createdAt"] === "string" ? [{ id: fields["id"], createdAt: instant(Date.parse(fields["createdAt"])), fields }] : [],
    )
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt));
}
