// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { ImportDialog } from "./ImportDialog.tsx";

function show() {
  const root = createRootRoute({ component: () => <ImportDialog dropped={null} onClose={() => undefined} /> });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

async function importText(text: string) {
  fireEvent.change(await screen.findByLabelText("Or paste it"), { target: { value: text } });
  fireEvent.click(screen.getByRole("button", { name: "Import" }));
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("shows every fault of a refused document with its pointer, and says that nothing was saved", async () => {
  const body = {
    type: "about:blank",
    title: "The document is not a playbook",
    status: 422,
    code: "invalid-document",
    detail: "2 faults",
    problems: [
      { code: "x", message: "must be a slug", pointer: "/id" },
      { code: "unknown-step-kind", message: "no such kind", pointer: "/steps/x/kind" },
    ],
  };
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(body), { status: 422 }));
  show();
  await importText('{ "id": "Bad Id" }');
  expect(await screen.findByText("/steps/x/kind")).toBeTruthy();
  expect(screen.getByText("/id")).toBeTruthy();
  expect(screen.getByText("must be a slug")).toBeTruthy();
  expect(screen.getByText("Nothing was saved.")).toBeTruthy();
});

it("sends nothing to the server while the text is not JSON", async () => {
  const spy = vi.fn();
  vi.stubGlobal("fetch", spy);
  show();
  await importText("{ nope");
  expect(await screen.findByText("This is not JSON")).toBeTruthy();
  expect(spy).not.toHaveBeenCalled();
});

/** Answers by address, and keeps what was sent there. */
function serve(answers: { readonly [end: string]: object }) {
  const sent: { readonly [end: string]: unknown[] } = Object.fromEntries(Object.keys(answers).map((end) => [end, []]));
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    const end = Object.keys(answers).find((each) => address.split("?")[0]?.endsWith(each)) ?? "";
    if (typeof init.body === "string") sent[end]?.push(JSON.parse(init.body));
    return new Response(JSON.stringify(answers[end] ?? {}), { status: 200 });
  });
  return sent;
}
const triage = { schemaVersion: 1, id: "triage", name: "Triage", start: ["go"], steps: { go: { kind: "action", name: "Go", action: "code42.get-alert", connection: "theirs" } } };

it("asks for another id when one is taken, and imports it under that", async () => {
  const sent = serve({
    "/import/plan": { playbooks: [{ id: "triage", name: "Triage", steps: 1, taken: true }], unresolved: [] },
    "/import": { playbooks: [{ id: "triage-copy", name: "Triage (copy)" }] },
  });
  show();
  await importText(JSON.stringify(triage));
  expect((await screen.findByLabelText<HTMLInputElement>("Another id for triage")).value).toBe("triage-copy");
  fireEvent.click(screen.getByRole("button", { name: "Import" }));
  await vi.waitFor(() => expect(sent["/import"]).toHaveLength(1));
  expect(sent["/import"]?.[0]).toEqual({ playbooks: [{ ...triage, id: "triage-copy", name: "Triage (copy)" }] });
});

it("lists what is not here before anything is saved, and puts what was chosen in its place", async () => {
  const sent = serve({
    "/import/plan": {
      playbooks: [{ id: "triage", name: "Triage", steps: 1, taken: false }],
      unresolved: [{ kind: "connection", id: "theirs", integration: "code42", usedBy: [{ playbook: "triage", step: "go" }] }],
    },
    "/import": { playbooks: [{ id: "triage", name: "Triage" }] },
    "/connections": { items: [{ id: "ours", integration: "code42", name: "Ours" }] },
  });
  show();
  await importText(JSON.stringify({ bundleVersion: 1, root: "triage", playbooks: [triage] }));
  expect(await screen.findByText(/of code42, in triage › go/)).toBeTruthy();
  expect(screen.getByRole("status").textContent).toBe("1 playbook, 1 reference left as it is");
  expect(sent["/import"]).toHaveLength(0);
  fireEvent.click(screen.getAllByLabelText("Instead of theirs")[0] as HTMLElement);
  fireEvent.click(await screen.findByText("Ours (ours)"));
  fireEvent.click(screen.getByRole("button", { name: "Import" }));
  await vi.waitFor(() => expect(sent["/import"]).toHaveLength(1));
  expect(sent["/import"]?.[0]).toMatchObject({ playbooks: [{ id: "triage", steps: { go: { connection: "ours" } } }] });
});

it("names another tool's document as what it is, and sends nothing", async () => {
  const spy = vi.fn();
  vi.stubGlobal("fetch", spy);
  show();
  await importText('id: x\nstarttaskid: "0"\ntasks:\n  "0": {}\n');
  expect(await screen.findByText(/This is a Cortex XSOAR playbook/)).toBeTruthy();
  expect(spy).not.toHaveBeenCalled();
});
