import type { TestClient } from "./test-server.ts";

/** Imports a document and makes it live. */
export async function publish(engineer: TestClient, document: { readonly id: string }): Promise<void> {
  const { etag } = await engineer.call<{ etag: string }>("createPlaybook", { body: document });
  await engineer.call("publish", { params: { id: document.id }, body: { note: "first" }, headers: { "if-match": etag } });
}
