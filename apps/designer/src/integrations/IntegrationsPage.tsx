import type { IntegrationFacts } from "@drawbridge/protocol";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { call } from "../api/call.ts";
import { catalogQuery } from "../api/catalog.ts";
import { useMay } from "../api/session.ts";
import { ErrorState } from "../shared/ErrorState.tsx";
import { countText } from "../shared/format.ts";
import pageClasses from "../shared/ListPage.module.css";
import { PageHeader } from "../shared/PageHeader.tsx";
import { SearchField } from "../shared/SearchField.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { IntegrationTile } from "../shared/Tile.tsx";
import { usePageTitle } from "../shared/use-page-title.ts";
import { ConnectionDialog } from "./ConnectionDialog.tsx";
import { ConnectionRow } from "./ConnectionRow.tsx";
import classes from "./IntegrationsPage.module.css";

/** Every integration with its connections. */
export function IntegrationsPage() {
  usePageTitle("Integrations");
  const catalog = useQuery(catalogQuery);
  const connections = useQuery({ queryKey: ["connections"], queryFn: async ({ signal }) => (await call("listConnections", { signal })).data.items });
  const mayEdit = useMay("admin");
  const [search, setSearch] = useState("");
  const [adding, setAdding] = useState<IntegrationFacts | null>(null);
  const error = catalog.error ?? connections.error;
  const wanted = search.toLowerCase();
  const shown = (catalog.data?.integrations ?? []).filter(
    ({ id, title, summary }) =>
      `${id} ${title} ${summary}`.toLowerCase().includes(wanted) ||
      (connections.data ?? []).some((each) => each.integration === id && `${each.id} ${each.name}`.toLowerCase().includes(wanted)),
  );
  return (
    <>
      <PageHeader
        title="Integrations"
        count={catalog.data?.integrations.length}
        actions={<SearchField value={search} onChange={setSearch} placeholder="Search integrations and connections" />}
      />
      <div className={`${pageClasses.content} ${classes.content}`}>
        {error ? (
          <ErrorState
            error={error}
            retry={() => {
              void catalog.refetch();
              void connections.refetch();
            }}
          />
        ) : catalog.data && connections.data ? (
          <>
            {shown.map((integration) => {
              const own = connections.data.filter((connection) => connection.integration === integration.id);
              const actions = catalog.data.actions.filter((action) => action.integration === integration.id).length;
              const needsConnection = Object.keys((integration.connection as { properties?: object } | null)?.properties ?? {}).length > 0;
              return (
                <section key={integration.id} className={`card ${classes.integration}`} aria-label={integration.title}>
                  <header className={classes.head}>
                    <IntegrationTile id={integration.id} named={false} />
                    <div className="grow">
                      <h2>{integration.title}</h2>
                      <p className="muted">
                        {integration.summary} {countText(actions, "action")}.
                      </p>
                    </div>
                    {mayEdit && needsConnection && (
                      <Button
                        size="sm"
                        variant="default"
                        leftSection={<Plus size={14} aria-hidden />}
                        onClick={() => setAdding(integration)}
                        aria-label={`Add a connection to ${integration.title}`}
                      >
                        Add a connection
                      </Button>
                    )}
                  </header>
                  {own.length > 0 && (
                    <ul aria-label={`Connections to ${integration.title}`}>
                      {own.map((connection) => (
                        <ConnectionRow key={connection.id} integration={integration} connection={connection} />
                      ))}
                    </ul>
                  )}
                  {own.length === 0 && (
                    <p className={classes.none}>
                      {needsConnection ? `No connection yet${mayEdit ? "; add one to use its actions." : "; an admin can add one."}` : "Needs no connection."}
                    </p>
                  )}
                </section>
              );
            })}
            {shown.length === 0 && <p className={classes.none}>No integration matches.</p>}
          </>
        ) : (
          <SkeletonRows rows={6} height={88} what="the integrations" />
        )}
      </div>
      {adding && <ConnectionDialog integration={adding} connection={null} onClose={() => setAdding(null)} />}
    </>
  );
}
