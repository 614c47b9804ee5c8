import * as z from "zod";

/** What the simulated mail server knows at the start. */
export const mailSeed = z.strictObject({
  from: z.email().default("soc@qrst.com"),
  fromName: z.string().optional(),
  /** The account that must sign in; null lets anyone send. */
  account: z
    .strictObject({ username: z.string().min(1), password: z.string().min(1) })
    .nullable()
    .default({ username: "drawbridge", password: "mail-sender" }),
  /** Addresses that are refused; a status below 500 is a temporary refusal. */
  refuse: z.array(z.strictObject({ address: z.string(), status: z.int().min(400).max(599).default(550), reason: z.string().default("No such mailbox here") })).default([]),
});
