import * as z from "zod";

const text = z.string().min(1).max(256);

const device = z.strictObject({
  uid: text,
  hostname: text,
  domain: text.default("qrst.local"),
  publicIp: text,
  privateIps: z.array(text),
  operatingSystem: text.default("Windows 11"),
});

const exposedFile = z.strictObject({
  name: text,
  path: z.string(),
  /** Bytes. */
  size: z.int().min(0),
  category: text,
  to: z.enum(["usb", "dropbox", "browser", "email"]),
  /** Before the alert is raised. */
  minutesBefore: z.number().min(0),
  /** Host name; the exposure's first device unless told. */
  device: text.optional(),
  sha256: text.optional(),
  md5: text.optional(),
});

/** What someone does and which alert that raises. */
const exposure = z.strictObject({
  id: text,
  actor: text,
  name: text.default("Exposure on an endpoint"),
  description: z.string().default(""),
  severity: z.enum(["LOW", "MODERATE", "HIGH", "CRITICAL"]).default("HIGH"),
  riskSeverity: z.enum(["LOW", "MODERATE", "HIGH", "CRITICAL"]).default("HIGH"),
  ruleSource: text.default("Alerting"),
  devices: z.array(device).min(1),
  files: z.array(exposedFile).min(1),
});

/** What the simulated tenant holds at the start. */
export const code42Seed = z.strictObject({
  tenantId: text.default("1d71796f-af5b-4231-9d8e-df6434da4663"),
  clientId: text.default("key-6a8b1f04-52c6-4f3e-a6a8-2f6f1d1c0a11"),
  secret: text.default("sample-tenant-secret"),
  tokenSeconds: z.int().min(1).default(900),
  users: z
    .array(
      z.strictObject({
        userId: text,
        username: text,
        firstName: text.optional(),
        lastName: text.optional(),
        active: z.boolean().default(true),
        blocked: z.boolean().default(false),
      }),
    )
    .default([]),
  /** User names. */
  departingEmployees: z.array(text).default([]),
  exposures: z.array(exposure).default([]),
  alerts: z
    .array(
      z.strictObject({ id: text.max(40), exposure: text, state: z.enum(["OPEN", "IN_PROGRESS", "PENDING", "RESOLVED"]).default("OPEN"), minutesAgo: z.number().min(0).default(0) }),
    )
    .default([]),
});

export type Code42Seed = z.input<typeof code42Seed>;
export type FilledCode42Seed = z.output<typeof code42Seed>;
export type Exposure = FilledCode42Seed["exposures"][number];
