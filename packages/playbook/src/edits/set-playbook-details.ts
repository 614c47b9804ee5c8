import * as z from "zod";
import { playbook as document } from "../playbook.ts";
import { defineEdit } from "./define-edit.ts";

/** Changes the playbook's name, description and tags; an empty description is none. */
export const setPlaybookDetails = defineEdit({
  type: "set-playbook-details",
  title: "Change details",
  params: z.strictObject({ name: document.shape.name.optional(), description: document.shape.description, tags: document.shape.tags }),
  apply(playbook, { name, description, tags }) {
    const { description: old, ...rest } = playbook;
    const text = description ?? old;
    return {
      ...rest,
      ...(name === undefined ? {} : { name }),
      ...(text === undefined || text === "" ? {} : { description: text }),
      ...(tags === undefined ? {} : { tags: [...new Set(tags)] }),
    };
  },
});
