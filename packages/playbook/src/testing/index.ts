export { arbitraryPlaybook, type PlaybookOptions } from "./arbitrary-playbook.ts";
