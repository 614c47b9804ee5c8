import { queryOptions } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import type { InputField } from "./run-input.ts";

/** The inputs that a playbook declares: of its live version, which runs use, else of its draft. */
export const inputsQuery = (playbook: string) =>
  queryOptions({
    queryKey: ["playbook", playbook, "inputs"],
    queryFn: async ({ signal }): Promise<{ readonly live: number | null; readonly inputs: readonly InputField[] }> => {
      const params = { id: playbook };
      const { live } = (await call("getPlaybook", { params, signal })).data;
      const document = live === null ? (await call("getDraft", { params, signal })).data : (await call("getVersion", { params: { ...params, version: live }, signal })).data;
      return { live, inputs: document.playbook.inputs ?? [] };
    },
  });
