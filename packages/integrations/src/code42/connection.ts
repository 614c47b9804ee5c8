import * as z from "zod";

/** How a Code42 tenant is reached; an API client is made in the Code42 console under Integrations. */
export const code42Connection = z.object({
  baseUrl: z.url({ protocol: /^https?$/ }).meta({ title: "Address", description: "The API gateway of your Code42 region.", examples: ["https://api.us.code42.com"] }),
  clientId: z
    .string()
    .min(1)
    .meta({ title: "API client ID", description: "Begins with key-.", examples: ["key-6a8b1f04-52c6-4f3e-a6a8-2f6f1d1c0a11"] }),
  secret: z.string().min(1).meta({ title: "API client secret", description: "Shown once, when the API client is made.", secret: true }),
  timeoutSeconds: z.number().min(1).max(300).default(30).meta({ title: "Time limit", description: "Seconds for each request." }),
  allowPrivateNetwork: z.boolean().default(false).meta({ title: "Allow a private address", description: "Off refuses private, loopback and link-local addresses." }),
});

export type Code42Connection = z.output<typeof code42Connection>;
