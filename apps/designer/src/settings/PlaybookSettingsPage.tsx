import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { call } from "../api/call.ts";
import { useMay } from "../api/session.ts";
import { ErrorState } from "../shared/ErrorState.tsx";
import pageClasses from "../shared/ListPage.module.css";
import { notifyDone } from "../shared/notify.ts";
import { PageHeader } from "../shared/PageHeader.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { usePageTitle } from "../shared/use-page-title.ts";
import { defaultSettingsQuery, ownSettingsQuery, playbookSettingsQuery } from "./settings-queries.ts";
import { asDefaults } from "./settings-words.ts";
import { SettingsForm } from "./SettingsForm.tsx";
import classes from "./SettingsPage.module.css";

/** Retention and limits of one playbook. */
export function PlaybookSettingsPage({ id }: { id: string }) {
  const queries = useQueryClient();
  const mayEdit = useMay("engineer");
  const playbook = useQuery({ queryKey: ["playbook", id, "summary"], queryFn: async ({ signal }) => (await call("getPlaybook", { params: { id }, signal })).data });
  const all = useQuery(defaultSettingsQuery);
  const kept = useQuery(playbookSettingsQuery(id));
  const name = playbook.data?.name ?? id;
  usePageTitle(`Settings of ${name}`);
  const save = useMutation({
    mutationFn: (body: NonNullable<typeof kept.data>) => call("putPlaybookSettings", { params: { id }, body }),
    onSuccess: ({ data }) => {
      queries.setQueryData(playbookSettingsQuery(id).queryKey, data);
      void queries.invalidateQueries({ queryKey: ownSettingsQuery.queryKey });
      notifyDone(`The settings of ${name} are saved.`);
    },
  });
  const error = playbook.error ?? all.error ?? kept.error;
  return (
    <>
      <PageHeader title="Settings">
        <nav aria-label="Breadcrumb" className="row">
          <Link to="/playbooks/$id" params={{ id }}>
            {name}
          </Link>
          <span className="muted">·</span>
          <Link to="/triggers" search={{ playbook: id }}>
            Its triggers
          </Link>
          <span className="muted">·</span>
          <Link to="/settings">Default for all playbooks</Link>
        </nav>
      </PageHeader>
      <div className={`${pageClasses.content} ${classes.content}`}>
        {error ? (
          <ErrorState
            error={error}
            retry={() => {
              for (const query of [playbook, all, kept]) void query.refetch();
            }}
          />
        ) : playbook.data && all.data && kept.data ? (
          <section className={`card ${classes.part}`}>
            <h2>Runs of {name}</h2>
            <p className="secondary">An empty field takes what counts for all playbooks.</p>
            <SettingsForm
              key={JSON.stringify(kept.data)}
              kept={kept.data}
              otherwise={asDefaults(all.data)}
              mayEdit={mayEdit}
              previewKey={id}
              preview={async (query, signal) => (await call("previewPlaybookSettings", { params: { id }, query, signal })).data}
              save={save.mutate}
              saving={save.isPending}
              error={save.error}
            />
          </section>
        ) : (
          <SkeletonRows rows={4} what="the settings" />
        )}
      </div>
    </>
  );
}
