import { randomBytes } from "node:crypto";
import type { Role } from "@drawbridge/protocol";
import type { People } from "./people.ts";

/** The people of QRST Inc. who can sign in to the sample world. */
export const samplePeople: readonly { readonly email: string; readonly name: string; readonly role: Role; readonly alertTypes?: readonly string[]; readonly onCall?: boolean }[] = [
  { email: "priya.nair@qrst.com", name: "Priya Nair", role: "analyst", alertTypes: ["Exposure on an endpoint", "insider-threat"], onCall: true },
  { email: "tom.okafor@qrst.com", name: "Tom Okafor", role: "analyst", alertTypes: ["Impossible travel"] },
  { email: "helen.brandt@qrst.com", name: "Helen Brandt", role: "analyst" },
  { email: "marek.kowal@qrst.com", name: "Marek Kowal", role: "engineer" },
  { email: "ada.admin@qrst.com", name: "Ada Admin", role: "admin" },
];

export const samplePassword = "drawbridge";

/** Makes sure that somebody can sign in; returns the lines to show, once, to whoever started the server. */
export async function addFirstPeople(
  people: People,
  options: { readonly sampleWorld: boolean; readonly admin: { readonly email: string; readonly password: string } | null },
): Promise<string[]> {
  if (options.admin !== null) {
    const email = options.admin.email;
    await people.add({ email, name: email.split("@")[0] ?? email, role: "admin", password: options.admin.password });
  }
  if (options.sampleWorld) {
    for (const person of samplePeople) await people.add({ ...person, password: samplePassword });
    return [
      `Sign in as priya.nair@qrst.com (analyst), helen.brandt@qrst.com (analyst, Legal), marek.kowal@qrst.com (engineer) or ada.admin@qrst.com (admin); the password is ${samplePassword}`,
    ];
  }
  if (await people.any()) return [];
  const password = randomBytes(12).toString("base64url");
  const email = "admin@localhost";
  const added = await people.add({ email, name: "Administrator", role: "admin", password });
  if (!added) return [];
  return [`First start: sign in as ${email} with the password ${password} (shown only now)`];
}
