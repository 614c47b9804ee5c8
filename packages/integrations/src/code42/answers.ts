import * as z from "zod";

/** The vendor's answers, as far as they are read; what is not listed is left alone. */
export const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number() });
export const customerAnswer = z.object({ tenantId: z.string(), name: z.string().nullish() });

const vendorAlertSummary = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  actor: z.string().nullish(),
  actorId: z.string().nullish(),
  target: z.string().nullish(),
  severity: z.string().nullish(),
  riskSeverity: z.string().nullish(),
  ruleId: z.string().nullish(),
  ruleSource: z.string().nullish(),
  createdAt: z.string(),
  state: z.string(),
});
const vendorAlert = vendorAlertSummary.extend({
  note: z.object({ message: z.string().nullish(), lastModifiedBy: z.string().nullish(), lastModifiedAt: z.string().nullish() }).nullish(),
  observations: z.array(z.object({ id: z.string().nullish(), type: z.string().nullish(), observedAt: z.string(), data: z.string().nullish() })).nullish(),
});
export type VendorAlertSummary = z.output<typeof vendorAlertSummary>;
export type VendorAlert = z.output<typeof vendorAlert>;
export const alertQueryAnswer = z.object({ alerts: z.array(vendorAlertSummary).nullish(), totalCount: z.number() });
export const alertDetailsAnswer = z.object({ alerts: z.array(vendorAlert).nullish() });

/** What the JSON text in an observation's `data` holds. */
export const observationData = z.object({
  sources: z.array(z.string()).nullish(),
  exposureTypes: z.array(z.string()).nullish(),
  firstActivityAt: z.string().nullish(),
  lastActivityAt: z.string().nullish(),
  fileCount: z.number().nullish(),
  totalFileSize: z.number().nullish(),
  fileCategories: z.array(z.object({ category: z.string(), fileCount: z.number(), totalFileSize: z.number() })).nullish(),
  files: z.array(z.object({ eventId: z.string().nullish(), path: z.string().nullish(), name: z.string(), category: z.string().nullish(), size: z.number().nullish() })).nullish(),
  syncToServices: z.array(z.string()).nullish(),
  sendingIpAddresses: z.array(z.string()).nullish(),
});

const vendorFileEvent = z.object({
  "@timestamp": z.string(),
  event: z.object({ id: z.string(), action: z.string().nullish(), observer: z.string().nullish() }),
  user: z.object({ email: z.string().nullish(), id: z.string().nullish(), deviceUid: z.string().nullish() }).nullish(),
  file: z
    .object({
      name: z.string().nullish(),
      directory: z.string().nullish(),
      category: z.string().nullish(),
      sizeInBytes: z.number().nullish(),
      owner: z.string().nullish(),
      hash: z.object({ md5: z.string().nullish(), sha256: z.string().nullish() }).nullish(),
    })
    .nullish(),
  source: z
    .object({ name: z.string().nullish(), domain: z.string().nullish(), ip: z.string().nullish(), privateIp: z.array(z.string()).nullish(), operatingSystem: z.string().nullish() })
    .nullish(),
  destination: z
    .object({
      name: z.string().nullish(),
      category: z.string().nullish(),
      accountName: z.string().nullish(),
      domains: z.array(z.string()).nullish(),
      email: z.object({ recipients: z.array(z.string()).nullish() }).nullish(),
      removableMedia: z.object({ vendor: z.string().nullish(), name: z.string().nullish(), serialNumber: z.string().nullish() }).nullish(),
    })
    .nullish(),
  process: z.object({ executable: z.string().nullish(), owner: z.string().nullish() }).nullish(),
  risk: z.object({ score: z.number().nullish(), severity: z.string().nullish() }).nullish(),
});
export type VendorFileEvent = z.output<typeof vendorFileEvent>;
export const fileEventsAnswer = z.object({ fileEvents: z.array(vendorFileEvent).nullish(), totalCount: z.number() });

const vendorUser = z.object({
  userId: z.string(),
  username: z.string(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  orgName: z.string().nullish(),
  notes: z.string().nullish(),
  active: z.boolean().nullish(),
  blocked: z.boolean().nullish(),
});
export type VendorUser = z.output<typeof vendorUser>;
export const usersAnswer = z.object({ users: z.array(vendorUser).nullish(), totalCount: z.number() });

export const watchlistAnswer = z.object({ watchlistId: z.string(), listType: z.string(), title: z.string().nullish() });
export const watchlistsAnswer = z.object({ watchlists: z.array(watchlistAnswer).nullish(), totalCount: z.number().nullish() });
export const includedUsersAnswer = z.object({
  includedUsers: z.array(z.object({ userId: z.string(), username: z.string().nullish(), addedTime: z.string().nullish() })).nullish(),
});
