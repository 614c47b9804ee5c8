import { io } from "socket.io-client";

// Watchers of one run: how long each event took from its time in the trace to the client.
const [url = "", cookies = "", count = "0", run = ""] = process.argv.slice(2);
const signedIn = JSON.parse(cookies) as string[];

export interface Watched {
  /** How many events took so many whole milliseconds. */
  readonly histogram: readonly number[];
  readonly events: number;
  readonly lost: number;
}

let histogram: number[] = [];
let events = 0;
let lost = 0;

const one = (index: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = io(url, { extraHeaders: { cookie: signedIn[index % signedIn.length] ?? "" }, transports: ["websocket"], reconnection: false, forceNew: true });
    let last = 0;
    socket.on("run-events", (message: { readonly events: readonly { readonly seq: number; readonly at: number }[] }) => {
      const now = performance.timeOrigin + performance.now();
      for (const { seq, at } of message.events) {
        if (last > 0 && seq !== last + 1) lost += 1;
        last = seq;
        const took = Math.max(0, Math.floor(now - at));
        histogram[took] = (histogram[took] ?? 0) + 1;
        events += 1;
      }
    });
    socket.on("connect_error", reject);
    socket.on("disconnect", () => (lost += 1));
    socket.emit("watch", { topic: "run", id: run, from: 0 }, (answer: { readonly ok: boolean }) =>
      answer.ok ? resolve() : reject(new Error(`the watch was refused: ${JSON.stringify(answer)}`)),
    );
  });

process.on("message", (message) => {
  if (message === "begin") {
    histogram = [];
    events = 0;
  } else process.send?.({ histogram: Array.from(histogram, (each) => each ?? 0), events, lost } satisfies Watched);
});
process.on("disconnect", () => process.exit(0));
await Promise.all(Array.from({ length: Number(count) }, (_each, index) => one(index)));
process.send?.("ready");
