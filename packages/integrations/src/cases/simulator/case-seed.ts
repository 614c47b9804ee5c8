import * as z from "zod";

/** Who can own cases in a dry run, and where the numbers begin. */
export const caseSeed = z.strictObject({
  firstNumber: z.int().min(1).default(2041),
  /** Cases that are open already. */
  open: z
    .array(
      z.strictObject({ type: z.string().default("insider-threat"), title: z.string().min(1), restricted: z.boolean().default(false), members: z.array(z.email()).default([]) }),
    )
    .default([]),
  people: z.array(z.strictObject({ email: z.email(), name: z.string().min(1), alertTypes: z.array(z.string()).default([]), onCall: z.boolean().default(false) })).default([
    { email: "priya.nair@qrst.com", name: "Priya Nair", alertTypes: ["Exposure on an endpoint", "insider-threat"], onCall: true },
    { email: "tom.okafor@qrst.com", name: "Tom Okafor", alertTypes: ["Impossible travel"], onCall: false },
    { email: "ana.lima@qrst.com", name: "Ana Lima", alertTypes: ["Malware on an endpoint"], onCall: false },
    { email: "max.keller@qrst.com", name: "Max Keller", alertTypes: [], onCall: false },
    { email: "helen.brandt@qrst.com", name: "Helen Brandt", alertTypes: [], onCall: false },
  ]),
});

export type CaseSeed = z.output<typeof caseSeed>;
