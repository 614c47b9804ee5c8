import type { TraceEvent } from "@drawbridge/interpreter";
import type { ClientToServer, WatchRequest } from "@drawbridge/protocol";
import { useEffect, useRef } from "react";
import { io, type Socket } from "socket.io-client";
import { create } from "zustand";
import { type ConnectionState, LiveConnection, type LiveHandlers, type LiveSocket } from "./live-connection.ts";

/** How the live connection stands, for "Live" and "Reconnecting". */
export const useConnection = create<{ state: ConnectionState }>(() => ({ state: "idle" }));

let connection: LiveConnection | undefined;

function openSocket(): LiveSocket {
  const socket: Socket<Record<string, (message: never) => void>, ClientToServer> = io({
    autoConnect: false,
    transports: ["websocket", "polling"],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  });
  return {
    get connected() {
      return socket.connected;
    },
    connect: () => socket.connect(),
    disconnect: () => socket.disconnect(),
    on: (event, listener) => socket.on(event, listener),
    emit: (event, request, answer) => socket.emit(event, request, answer),
  };
}

function live(): LiveConnection {
  connection ??= new LiveConnection(openSocket(), (state) => useConnection.setState({ state }));
  return connection;
}

/** Ends the live connection, at sign-out. */
export function closeLive(): void {
  connection?.close();
}

/** Watches a run's trace after `from`: every entry once and in order, over lost connections. Returns what ends it. */
export function watchRun(run: string, from: number, onEvents: (events: readonly TraceEvent[]) => void, handlers?: Omit<LiveHandlers, "run-events">): () => void {
  return live().watchRun(run, from, onEvents, handlers);
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
    const asked: WatchRequest = topic === "case" ? { topic, id: id ?? "" } : { topic };
    return live().watch(() => asked, {
      "run-changed": (message) => latest.current["run-changed"]?.(message),
      "case-changed": (message) => latest.current["case-changed"]?.(message),
      "case-entries": (message) => latest.current["case-entries"]?.(message),
      "case-gone": (message) => latest.current["case-gone"]?.(message),
      "ask-changed": (message) => latest.current["ask-changed"]?.(message),
      again: () => latest.current.again?.(),
      refused: (code, detail) => latest.current.refused?.(code, detail),
    });
  }, [topic, id]);
}
