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

it("offers a copy when the id is taken, and imports it under another id", async () => {
  const sent: string[] = [];
  vi.stubGlobal("fetch", async (_address: string, init: RequestInit) => {
    sent.push(String(init.body));
    return new Response(JSON.stringify({ type: "about:blank", title: "Taken", status: 409, code: "already-exists", detail: "The id is taken." }), { status: 409 });
  });
  show();
  await importText('{ "id": "triage", "name": "Triage" }');
  fireEvent.click(await screen.findByRole("button", { name: "Import as a copy" }));
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(JSON.parse(sent[1] ?? "")).toEqual({ id: "triage-copy", name: "Triage (copy)" });
});
