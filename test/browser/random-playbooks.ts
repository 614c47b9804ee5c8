/** Numbers from 0 up to, not including, `below`: the same for the same seed. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A playbook of up to 12 steps that call, choose, wait, loop and fail at random, and ends by itself within seconds. */
export function randomPlaybook(id: string, seed: number): object {
  const random = randomOf(seed);
  const size = 4 + random(9);
  const names = Array.from({ length: size }, (_each, index) => `s${index}`);
  const steps = names.map((name, index) => {
    const later = names.slice(index + 1, index + 4);
    const next = () => later.filter((_each, at) => at === 0 || random(3) === 0).slice(0, random(8) === 0 ? 0 : 3);
    const get = (path: string) => ({ kind: "action", name, action: "http.get", connection: "vendor", with: { url: path }, next: next() });
    const kinds = [
      () => get("/ok/{{ run.id }}"),
      () => ({ ...get("/flaky/{{ run.id }}"), retry: { attempts: 3, delay: "PT0.05S", backoff: 1 }, onError: { next: next() } }),
      () => ({ ...get("/missing"), onError: { next: next() } }),
      () => ({ ...get("/ok/{{ item }}"), forEach: { items: Array.from({ length: 1 + random(12) }, (_each, at) => at), concurrency: 1 + random(4), onItemError: "continue" } }),
      () => ({ kind: "condition", name, branches: [{ label: "odd", when: random(2) === 0, next: later.slice(0, 1) }], otherwise: { next: next() } }),
      () => ({ kind: "set", name, values: { [name]: index }, next: next() }),
      () => ({ kind: "wait", name, for: "PT0.1S", next: next() }),
      () => ({ kind: "section", name, next: next() }),
    ];
    return [name, later.length === 0 ? { kind: "end", name, outcome: "done" } : (kinds[random(kinds.length)] ?? kinds[0])?.()] as const;
  });
  return { schemaVersion: 1, id, name: `Random ${seed}`, start: names.slice(0, 1 + random(2)), steps: Object.fromEntries(steps) };
}
