import * as z from "zod";

const name = z.string().min(1).max(256);

const directoryUser = z.strictObject({
  name,
  username: name,
  email: z.string().nullable().default(null),
  title: z.string().optional(),
  department: z.string().optional(),
  /** The manager's username. */
  manager: name.optional(),
  /** Group names; groups that are not listed are made. */
  groups: z.array(name).default([]),
  ou: name.default("People"),
  enabled: z.boolean().default(true),
  /** Lets the person sign in to the directory. */
  password: z.string().optional(),
  /** Any other attributes. */
  attributes: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
});

/** What the simulated directory holds at the start. */
export const directorySeed = z.strictObject({
  baseDn: z.string().min(1).default("dc=qrst,dc=com"),
  /** The account that Drawbridge signs in with. */
  bind: z.strictObject({ dn: z.string().min(1), password: z.string().min(1) }).optional(),
  users: z.array(directoryUser).default([]),
  groups: z.array(z.strictObject({ name, description: z.string().optional(), groups: z.array(name).default([]), ou: name.default("Groups") })).default([]),
});

export type DirectorySeed = z.input<typeof directorySeed>;
export type FilledDirectorySeed = z.output<typeof directorySeed>;
