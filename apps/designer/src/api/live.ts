import type { TraceEvent } from "@drawbridge/interpreter";
import type { ClientToServer, WatchRequest } from "@drawbridge/protocol";
import { useEffect, useRef } from "react";
import type { Socket } from "socket.io-client";
import { create } from "zustand";
import { type ConnectionState, LiveConnection, type LiveHandlers, type LiveSocket } from "./live-connection.ts";

interface Connection {
  readonly state: ConnectionState;
  /** While it is lost: when the server was last heard of, epoch ms. */
  readonly heardAt: number | null;
}

/** How the live connection stands, for "Live" and "Reconnecting". */
export const useConnection = create<Connection>(() => ({ state: "idle", heardAt: null }));

let connection: Promise<LiveConnection> | undefined;

async function openSocket(): Promise<LiveSocket> {
  const { io } = await import("socket.io-client");
  const socket: Socket<Record<string, (message: never) => void>, ClientToServer> = io({
    autoConnect: false,
    transports: ["websocket", "polling"],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  });
  let heardAt: number | null = null;
  const heard = () => {
    heardAt = Date.now();
  };
  socket.on("connect", heard);
  socket.io.on("ping", heard);
  socket.onAny(heard);
  return {
    get connected() {
      return socket.connected;
    },
    get heardAt() {
      return heardAt;
    },
    connect: () => socket.connect(),
    disconnect: () => socket.disconnect(),
    on: (event, listener) => socket.on(event, listener),
    emit: (event, request, answer) => socket.emit(event, request, answer),
  };
}

/** The one connection; the socket's code is loaded when something is first watched, so that it holds up no page. */
function live(): Promise<LiveConnection> {
  connection ??= openSocket().then(
    (socket) => new LiveConnection(socket, (state, heardAt) => useConnection.setState({ state, heardAt })),
    (error: unknown) => {
      connection = undefined;
      useConnection.setState({ state: "lost", heardAt: null });
      throw error;
    },
  );
  return connection;
}

/** Begins a watch once there is a connection; what is returned ends it, also before it began. */
function begin(watch: (connection: LiveConnection) => () => void): () => void {
  let ended = false;
  let stop: (() => void) | undefined;
  live().then(
    (open) => {
      if (!ended) stop = watch(open);
    },
    () => undefined,
  );
  return () => {
    ended = true;
    stop?.();
  };
}

/** Ends the live connection, at sign-out. */
export function closeLive(): void {
  void connection?.then((open) => open.close());
}

/** Watches a run's trace after `from`: every entry once and in order, over lost connections. Returns what ends it. */
export function watchRun(run: string, from: number, onEvents: (events: readonly TraceEvent[]) => void, handlers?: Omit<LiveHandlers, "run-events">): () => void {
  return begin((open) => open.watchRun(run, from, onEvents, handlers));
}

/** Watches a topic while the component is shown. Handlers may change between renders. */
export function useWatch(request: Exclude<WatchRequest, { topic: "run" }> | null, handlers: LiveHandlers): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  const topic = request?.topic;
  const id = request && "id" in request ? request.id : undefined;
  useEffect(() => {
    if (topic === undefined) return;
    const asked: WatchRequest = topic === "case" || topic === "playbook" ? { topic, id: id ?? "" } : { topic };
    return begin((open) =>
      open.watch(() => asked, {
        "run-changed": (message) => latest.current["run-changed"]?.(message),
        "case-changed": (message) => latest.current["case-changed"]?.(message),
        "case-entries": (message) => latest.current["case-entries"]?.(message),
        "case-gone": (message) => latest.current["case-gone"]?.(message),
        "ask-changed": (message) => latest.current["ask-changed"]?.(message),
        "playbook-people": (message) => latest.current["playbook-people"]?.(message),
        "version-published": (message) => latest.current["version-published"]?.(message),
        "draft-saved": (message) => latest.current["draft-saved"]?.(message),
        again: () => latest.current.again?.(),
        refused: (code, detail) => latest.current.refused?.(code, detail),
      }),
    );
  }, [topic, id]);
}
