import * as z from "zod";

/** How a Cortex XDR tenant is reached; a key is made in its console under Configurations, API Keys. */
export const cortexXdrConnection = z.object({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .meta({ title: "Address", description: "The API address of the tenant, without /public_api.", examples: ["https://api-qrst.xdr.eu.paloaltonetworks.com"] }),
  apiKeyId: z
    .string()
    .min(1)
    .meta({ title: "API key ID", description: "The number in the ID column of the key list.", examples: ["7"] }),
  apiKey: z.string().min(1).meta({ title: "API key", description: "Shown once, when the key is made.", secret: true }),
  keyType: z
    .enum(["advanced", "standard"])
    .default("advanced")
    .meta({ title: "Security level", description: "Advanced keys sign every request, so that none can be sent again by a listener." }),
  timeoutSeconds: z.number().min(1).max(300).default(30).meta({ title: "Time limit", description: "Seconds for each request." }),
  allowPrivateNetwork: z.boolean().default(false).meta({ title: "Allow a private address", description: "Off refuses private, loopback and link-local addresses." }),
});

export type CortexXdrConnection = z.output<typeof cortexXdrConnection>;
