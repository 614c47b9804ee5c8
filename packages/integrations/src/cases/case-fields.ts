import * as z from "zod";

export type CaseSection = "alert" | "employee" | "endpoint";

const field = (section: CaseSection, title: string, description: string) => ({ section, title, description });

/** The facts that every case page and report knows, by the section in which they stand. */
export const caseFieldFacts = {
  alertId: field("alert", "Alert", "The alert's id at its source."),
  alertType: field("alert", "Alert type", "What kind of alert it is."),
  exposureType: field("alert", "Exposure type", "How the files left, e.g. removable media; one or more."),
  raisedAt: field("alert", "Raised", "When the alert was raised."),
  rule: field("alert", "Rule", "The rule that raised it."),
  risk: field("alert", "Risk", "The source's own rating."),
  fileCount: field("alert", "Files", "How many files it is about."),
  totalFileSize: field("alert", "Size", "Bytes of all those files."),
  alertState: field("alert", "Alert state", "Its state at the source, e.g. RESOLVED."),
  employeeName: field("employee", "Name", "The person's full name."),
  employeeEmail: field("employee", "E-mail", "The person's e-mail address."),
  jobTitle: field("employee", "Title", "The person's job title."),
  userCategory: field("employee", "User category", "E.g. Executive, departing, contractor."),
  username: field("employee", "Username", "The person's account name."),
  manager: field("employee", "Manager", "The manager's name."),
  managerEmail: field("employee", "Manager's e-mail", "The manager's e-mail address."),
  department: field("employee", "Department", "The person's department."),
  lastDay: field("employee", "Last day", "The last working day."),
  hostname: field("endpoint", "Hostname", "The device's name on the network."),
  ip: field("endpoint", "IP", "Its address; one or more."),
  deviceUid: field("endpoint", "Device UID", "The data-loss agent's id of the device."),
  domain: field("endpoint", "Domain", "The domain it is in."),
  os: field("endpoint", "OS", "Its operating system."),
  endpointId: field("endpoint", "Endpoint ID", "The endpoint agent's id of the device."),
  endpointName: field("endpoint", "Endpoint name", "The endpoint agent's name of the device."),
  endpointStatus: field("endpoint", "Status", "Whether the endpoint agent is connected."),
  endpointType: field("endpoint", "Type", "Workstation, server, mobile."),
  isolation: field("endpoint", "Isolation", "Whether it is cut off the network."),
  isolatedAt: field("endpoint", "Isolated at", "When it was cut off."),
} as const;

export type CaseFieldKey = keyof typeof caseFieldFacts;

const known = Object.fromEntries(
  Object.entries(caseFieldFacts).map(([key, { section, title, description }]) => [key, z.json().optional().meta({ title, description, section })]),
) as { [Key in CaseFieldKey]: z.ZodOptional<ReturnType<typeof z.json>> };

/** Facts to write into a case: the known ones and any others; null and absent ones stay as they are. */
export const caseFieldsInput = z
  .object(known)
  .catchall(z.json())
  .refine((fields) => Object.keys(fields).length <= 200 && Object.keys(fields).every((key) => /^[A-Za-z][A-Za-z0-9_.-]{0,79}$/.test(key)), {
    error: "A field's name begins with a letter and has letters, digits, dots, dashes and underscores, 80 at most; 200 fields at most.",
  });
