import * as z from "zod";

/** How a mail server is reached, and who sends. */
export const mailConnection = z.object({
  host: z
    .string()
    .min(1)
    .meta({ title: "Host", examples: ["smtp.qrst.com"] }),
  port: z.int().min(1).max(65_535).default(587).meta({ title: "Port" }),
  encryption: z
    .enum(["starttls", "tls", "none"])
    .default("starttls")
    .meta({ title: "Encryption", description: "starttls: insist on it before anything is sent; tls: from the start, usually port 465; none: plain text." }),
  username: z.string().min(1).optional().meta({ title: "Username", description: "Without one, no sign-in." }),
  password: z.string().min(1).optional().meta({ title: "Password", secret: true }),
  from: z.email().meta({ title: "From", description: "The sender's address.", examples: ["soc@qrst.com"] }),
  fromName: z.string().max(200).optional().meta({ title: "From, name", description: "The name shown with the address." }),
  caCertificate: z.string().optional().meta({ title: "CA certificate", description: "PEM; for a server whose certificate the system does not trust." }),
  timeoutSeconds: z.number().min(1).max(300).default(30).meta({ title: "Time limit", description: "Seconds of silence after which the server is given up." }),
  allowPrivateNetwork: z.boolean().default(false).meta({ title: "Allow a private address", description: "Off refuses private, loopback and link-local addresses." }),
});

export type MailConnection = z.output<typeof mailConnection>;
