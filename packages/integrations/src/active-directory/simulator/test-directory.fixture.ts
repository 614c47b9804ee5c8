import type { DirectorySeed } from "./directory-seed.ts";
import { sampleDirectory } from "./sample-directory.ts";

/** The sample company and the people that make look-ups hard. */
export const testDirectory = {
  ...sampleDirectory,
  users: [
    ...sampleDirectory.users,
    { name: "Sam Lee", username: "slee1", email: "sam.lee@qrst.com" },
    { name: "Sam Lee", username: "slee2", email: "sam.lee2@qrst.com", ou: "Contractors" },
    { name: "Zoë Müller-Łukasz", username: "zmuller", email: "zoe@qrst.com" },
    { name: "O'Neil, Pat (Tmp) *", username: "poneil", email: "pat@qrst.com", password: "bridge-and-tower" },
  ],
} satisfies DirectorySeed;
