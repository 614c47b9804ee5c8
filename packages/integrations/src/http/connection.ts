import * as z from "zod";

/** What an HTTP connection may reach and what it adds to each request. */
export const httpConnection = z.object({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      title: "Address",
      description: "With it, requests name a path below it and reach nothing else; without it, they name full addresses.",
      examples: ["https://api.example.com"],
    }),
  authentication: z
    .enum(["none", "basic", "bearer", "header"])
    .default("none")
    .meta({ title: "Authentication", description: "How the secret is sent: as a basic password, a bearer token, or in a header of its own." }),
  username: z.string().optional().meta({ title: "User name", description: "For basic." }),
  headerName: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/)
    .optional()
    .meta({ title: "Header", description: "For header.", examples: ["X-Api-Key"] }),
  secret: z.string().optional().meta({ title: "Secret", description: "Password, token or key; sent only to the address above.", secret: true }),
  timeoutSeconds: z.number().min(1).max(300).default(30).meta({ title: "Time limit", description: "Seconds for each request." }),
  maxResponseMebibytes: z.number().positive().max(16).default(16).meta({ title: "Largest answer", description: "In MiB; a larger one fails." }),
  allowPrivateNetwork: z.boolean().default(false).meta({ title: "Allow a private address", description: "Off refuses private, loopback and link-local addresses." }),
});

export type HttpConnection = z.output<typeof httpConnection>;
