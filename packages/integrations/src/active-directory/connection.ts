import * as z from "zod";

/** How a directory is reached and who asks. */
export const activeDirectoryConnection = z.object({
  url: z
    .url({ protocol: /^ldaps?$/ })
    .meta({ title: "Address", description: "ldap://host:389, or ldaps://host:636 for TLS from the start.", examples: ["ldaps://dc1.qrst.com:636"] }),
  bindDn: z.string().min(1).meta({ title: "Bind DN", description: "The account that asks; reading rights are enough for look-ups." }),
  password: z.string().min(1).meta({ title: "Password", secret: true }),
  baseDn: z
    .string()
    .min(1)
    .meta({ title: "Base DN", description: "Where look-ups begin.", examples: ["dc=qrst,dc=com"] }),
  startTls: z.boolean().default(false).meta({ title: "StartTLS", description: "Encrypt an ldap:// connection before the password is sent." }),
  caCertificate: z.string().optional().meta({ title: "CA certificate", description: "PEM; for a directory whose certificate the system does not trust." }),
  pageSize: z.int().min(1).max(1000).default(500).meta({ title: "Page size", description: "Entries the directory is asked for at a time." }),
  timeoutSeconds: z.number().min(1).max(300).default(20).meta({ title: "Time limit", description: "Seconds for connecting, and for each request." }),
  allowPrivateNetwork: z
    .boolean()
    .default(false)
    .meta({ title: "Allow a private address", description: "Directories usually live on one; off refuses private, loopback and link-local addresses." }),
});

export type ActiveDirectoryConnection = z.output<typeof activeDirectoryConnection>;
