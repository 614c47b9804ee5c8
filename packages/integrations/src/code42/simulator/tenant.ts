import type { Exposure, FilledCode42Seed } from "./code42-seed.ts";
import { fileEventsOf, observationOf, type StoredFileEvent } from "./stored-file-event.ts";

export interface StoredAlert {
  readonly id: string;
  readonly createdAt: string;
  readonly exposure: Exposure;
  readonly actorId: string | null;
  readonly observation: { readonly id: string; readonly observedAt: string; readonly data: string };
  state: string;
  stateLastModifiedAt: string | null;
  note: { readonly message: string; readonly lastModifiedAt: string; readonly lastModifiedBy: string } | null;
}

export interface StoredWatchlist {
  readonly watchlistId: string;
  readonly listType: string;
  readonly title: string;
  readonly members: Map<string, string>;
}

/** A simulated tenant's data. */
export class Tenant {
  readonly seed: FilledCode42Seed;
  readonly alerts = new Map<string, StoredAlert>();
  readonly fileEvents: StoredFileEvent[] = [];
  readonly watchlists: StoredWatchlist[] = [];
  readonly riskProfiles = new Map<
    string,
    { readonly endDate?: { readonly year: number; readonly month: number; readonly day: number } | undefined; readonly notes?: string | undefined }
  >();
  readonly #clock: () => number;

  constructor(seed: FilledCode42Seed, clock: () => number) {
    this.seed = seed;
    this.#clock = clock;
    for (const { id, exposure: exposureId, state, minutesAgo } of seed.alerts) {
      const exposure = seed.exposures.find((candidate) => candidate.id === exposureId);
      if (exposure === undefined) throw new RangeError(`The seed's alert ${id} names an exposure that the seed does not have: ${exposureId}.`);
      this.raise(id, exposure, clock() - minutesAgo * 60_000).state = state;
    }
    if (seed.departingEmployees.length > 0) {
      const list = this.createWatchlist("DEPARTING_EMPLOYEE", "Departing employees");
      for (const username of seed.departingEmployees) {
        const user = this.userNamed(username);
        if (user === undefined) throw new RangeError(`The seed's departing employee ${username} is not among its users.`);
        list.members.set(user.userId, this.now());
      }
    }
  }

  now(): string {
    return new Date(this.#clock()).toISOString();
  }

  userNamed(username: string) {
    return this.seed.users.find((user) => user.username.toLowerCase() === username.toLowerCase());
  }

  raise(id: string, exposure: Exposure, at: number): StoredAlert {
    const user = this.userNamed(exposure.actor);
    const events = fileEventsOf(id, exposure, user?.userId ?? null, at);
    this.fileEvents.push(...events);
    const observedAt = new Date(at).toISOString();
    const observation = { id: `${id}-observation`, observedAt, data: JSON.stringify(observationOf(id, exposure, events)) };
    const alert: StoredAlert = { id, createdAt: observedAt, exposure, actorId: user?.userId ?? null, observation, state: "OPEN", stateLastModifiedAt: null, note: null };
    this.alerts.set(id, alert);
    return alert;
  }

  createWatchlist(listType: string, title: string): StoredWatchlist {
    const list = { watchlistId: `watchlist-${this.watchlists.length + 1}`, listType, title, members: new Map<string, string>() };
    this.watchlists.push(list);
    return list;
  }
}
