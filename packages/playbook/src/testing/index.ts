export { arbitraryPlaybook, type PlaybookOptions } from "./arbitrary-playbook.ts";
export { arbitraryEdit } from "./arbitrary-edit.ts";
