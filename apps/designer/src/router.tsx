import { runSpans } from "@drawbridge/protocol";
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Link, Outlet, redirect } from "@tanstack/react-router";
import * as z from "zod";
import { ApiProblem } from "./api/api-problem.ts";
import { queryClient } from "./api/query-client.ts";
import { sessionQuery } from "./api/session.ts";
import { LibraryPage } from "./library/LibraryPage.tsx";
import { EmptyState } from "./shared/EmptyState.tsx";
import { ErrorState } from "./shared/ErrorState.tsx";
import { Shell } from "./shell/Shell.tsx";
import { SignInPage } from "./sign-in/SignInPage.tsx";

const text = z.string().max(200).optional().catch(undefined);

const root = createRootRoute({
  component: Outlet,
  errorComponent: ({ error, reset }) => <ErrorState error={error} retry={reset} />,
  notFoundComponent: () => (
    <EmptyState title="There is no such page" action={<Link to="/playbooks">To the playbooks</Link>}>
      The address may be misspelt, or what it named is gone.
    </EmptyState>
  ),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: z.object({ to: z.string().max(2_000).optional().catch(undefined) }),
  beforeLoad: () => {
    if (queryClient.getQueryData(sessionQuery.queryKey)) throw redirect({ to: "/playbooks" });
  },
  component: SignInPage,
});

/** Everything that needs a session. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(sessionQuery);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) throw redirect({ to: "/sign-in", search: { to: location.href }, replace: true });
      throw error;
    }
  },
  component: Shell,
});

const index = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: window.matchMedia("(width < 900px)").matches ? "/cases" : "/playbooks", replace: true });
  },
});

const playbooks = createRoute({
  getParentRoute: () => signedIn,
  path: "/playbooks",
  validateSearch: z.object({ search: text, tag: text, action: text, sort: z.enum(["name", "updated", "last-run"]).optional().catch(undefined) }),
  component: LibraryPage,
});

const EditorPage = lazyRouteComponent(() => import("./editor/EditorPage.tsx"), "EditorPage");
const editor = createRoute({ getParentRoute: () => signedIn, path: "/playbooks/$id", component: Editor });
function Editor() {
  const { id } = editor.useParams();
  return <EditorPage key={id} id={id} />;
}

const versionSide = z
  .union([z.literal("draft"), z.literal("live"), z.coerce.number().int().min(1)])
  .optional()
  .catch(undefined);
const ComparePage = lazyRouteComponent(() => import("./compare/ComparePage.tsx"), "ComparePage");
const compare = createRoute({
  getParentRoute: () => signedIn,
  path: "/playbooks/$id/compare",
  validateSearch: z.object({ from: versionSide, to: versionSide, kind: z.enum(["added", "removed", "changed", "moved"]).optional().catch(undefined), at: text }),
  component: Compare,
});
function Compare() {
  const { id } = compare.useParams();
  return <ComparePage key={id} id={id} />;
}

const runs = createRoute({
  getParentRoute: () => signedIn,
  path: "/runs",
  validateSearch: z.object({
    search: text,
    show: z.enum(["running", "paused", "succeeded", "failed", "cancelled", "asks", "in-doubt"]).optional().catch(undefined),
    playbook: text,
    caseId: text,
    failedStep: text,
    errorCode: text,
    input: text,
    span: z.enum(runSpans).optional().catch(undefined),
    from: z.iso.datetime().optional().catch(undefined),
    to: z.iso.datetime().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import("./runs/RunsPage.tsx"), "RunsPage"),
});

const RunPage = lazyRouteComponent(() => import("./run/RunPage.tsx"), "RunPage");
const run = createRoute({
  getParentRoute: () => signedIn,
  path: "/runs/$id",
  validateSearch: z.object({ seq: z.int().min(1).optional().catch(undefined), step: z.string().max(200).optional().catch(undefined) }),
  component: Run,
});
function Run() {
  const { id } = run.useParams();
  return <RunPage key={id} id={id} />;
}

const cases = createRoute({
  getParentRoute: () => signedIn,
  path: "/cases",
  validateSearch: z.object({ search: text, view: z.enum(["open", "unowned", "mine", "at-risk", "closed", "all"]).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import("./cases/CasesPage.tsx"), "CasesPage"),
});

const CasePage = lazyRouteComponent(() => import("./cases/CasePage.tsx"), "CasePage");
const oneCase = createRoute({
  getParentRoute: () => signedIn,
  path: "/cases/$id",
  validateSearch: z.object({ tab: z.enum(["info", "evidence", "tasks", "timeline", "runs", "report", "linked", "war-room"]).optional().catch(undefined) }),
  component: OneCase,
});
function OneCase() {
  const { id } = oneCase.useParams();
  return <CasePage key={id} id={id} />;
}

const ReportPage = lazyRouteComponent(() => import("./cases/ReportPage.tsx"), "ReportPage");
const report = createRoute({ getParentRoute: () => signedIn, path: "/cases/$id/reports/$report", component: Report });
function Report() {
  const params = report.useParams();
  return <ReportPage key={params.report} id={params.id} report={params.report} />;
}

const asks = createRoute({
  getParentRoute: () => signedIn,
  path: "/asks",
  validateSearch: z.object({ ask: z.string().max(300).optional().catch(undefined), show: z.enum(["open", "answered"]).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import("./asks/AsksPage.tsx"), "AsksPage"),
});

const triggers = createRoute({
  getParentRoute: () => signedIn,
  path: "/triggers",
  validateSearch: z.object({
    search: text,
    playbook: text,
    kind: z.enum(["webhook", "schedule"]).optional().catch(undefined),
    state: z.enum(["on", "off", "failing"]).optional().catch(undefined),
    add: z.enum(["webhook", "schedule"]).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import("./triggers/TriggersPage.tsx"), "TriggersPage"),
});

const TriggerPage = lazyRouteComponent(() => import("./triggers/TriggerPage.tsx"), "TriggerPage");
const trigger = createRoute({ getParentRoute: () => signedIn, path: "/triggers/$id", component: Trigger });
function Trigger() {
  const { id } = trigger.useParams();
  return <TriggerPage key={id} id={id} />;
}

const settings = createRoute({ getParentRoute: () => signedIn, path: "/settings", component: lazyRouteComponent(() => import("./settings/SettingsPage.tsx"), "SettingsPage") });

const PlaybookSettingsPage = lazyRouteComponent(() => import("./settings/PlaybookSettingsPage.tsx"), "PlaybookSettingsPage");
const playbookSettings = createRoute({ getParentRoute: () => signedIn, path: "/playbooks/$id/settings", component: PlaybookSettings });
function PlaybookSettings() {
  const { id } = playbookSettings.useParams();
  return <PlaybookSettingsPage key={id} id={id} />;
}

const integrations = createRoute({
  getParentRoute: () => signedIn,
  path: "/integrations",
  component: lazyRouteComponent(() => import("./integrations/IntegrationsPage.tsx"), "IntegrationsPage"),
});
const mailbox = createRoute({ getParentRoute: () => signedIn, path: "/mailbox", component: lazyRouteComponent(() => import("./mailbox/MailboxPage.tsx"), "MailboxPage") });
const me = createRoute({ getParentRoute: () => signedIn, path: "/me", component: lazyRouteComponent(() => import("./shell/MePage.tsx"), "MePage") });

/** Every page by its address. */
export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    signedIn.addChildren([index, playbooks, editor, compare, runs, run, cases, oneCase, report, asks, triggers, trigger, settings, playbookSettings, integrations, mailbox, me]),
  ]),
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} retry={reset} />,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
