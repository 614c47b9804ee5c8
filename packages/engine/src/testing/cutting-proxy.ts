import { createServer, type AddressInfo, type Server, type Socket, connect } from "node:net";

/** Stands between an engine and PostgreSQL, and cuts the line where a test says. */
export class CuttingProxy {
  private readonly target: URL;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private armed: { readonly when: "before" | "after"; readonly holding: string; readonly done: () => void } | null = null;
  /** While it is true nobody gets through. */
  closed = false;
  /** What PostgreSQL said meanwhile on lines that listen, when it is held back. */
  private heldBack: (() => void)[] | null = null;

  constructor(target: string) {
    this.target = new URL(target);
    this.server = createServer((socket) => this.accept(socket));
  }

  /** Answers with the database's address by way of the proxy. */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this.address;
  }

  get address(): string {
    const url = new URL(this.target);
    url.hostname = "127.0.0.1";
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  /** Cuts every line at the next commit of a transaction that sent `holding`: before PostgreSQL hears of it, or just after. Resolves when it is done. */
  cutCommit(when: "before" | "after", holding: string): Promise<void> {
    return new Promise((done) => (this.armed = { when, holding, done }));
  }

  /** What lines that listen are told waits from now on. */
  holdBack(): void {
    this.heldBack = [];
  }

  letGo(): void {
    const held = this.heldBack ?? [];
    this.heldBack = null;
    for (const send of held) send();
  }

  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(near: Socket): void {
    if (this.closed) return void near.destroy();
    const far = connect(Number(this.target.port || 5432), this.target.hostname);
    let holds = false;
    let listens = false;
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.sockets.delete(one);
        other.end();
      });
    }
    far.on("data", (chunk) => {
      if (listens && this.heldBack) this.heldBack.push(() => near.write(chunk));
      else near.write(chunk);
    });
    near.on("data", (chunk: Buffer) => {
      const { armed } = this;
      if (chunk.includes("listen drawbridge")) listens = true;
      if (armed && chunk.includes(armed.holding)) holds = true;
      if (!armed || !holds || !chunk.includes("commit\0")) return void far.write(chunk);
      this.armed = null;
      this.closed = true;
      if (armed.when === "after") far.write(chunk, () => this.cut());
      else this.cut();
      armed.done();
    });
  }
}
