import { ActionError, type Wire } from "@drawbridge/integration-kit";
import type { CaseDesk } from "./case-desk.ts";

/** Cases are the server's own: it lends its desk as the service `cases`. */
export const casesWire: Wire<CaseDesk> = {
  integration: "cases",
  connect: (_connection, host) => {
    const desk = host.service("cases");
    if (!isCaseDesk(desk)) throw new ActionError("not-configured", "There is no case desk here.");
    return desk;
  },
  test: async () => "The case desk is this server's own.",
};

const isCaseDesk = (service: unknown): service is CaseDesk => typeof service === "object" && service !== null && "openChild" in service && "changeSla" in service;
