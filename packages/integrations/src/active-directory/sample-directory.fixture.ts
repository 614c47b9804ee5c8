import type { DirectorySeed } from "./simulator/directory-seed.ts";

/** The people of QRST Inc. that the tests look up. */
export const qrst = {
  baseDn: "dc=qrst,dc=com",
  users: [
    { name: "John Anderson", username: "janderson", email: "john.anderson@qrst.com", title: "Vice President, Product", department: "Product", manager: "dwhitfield", groups: ["Executives", "Product-Leads", "VPN-Users"] },
    { name: "Dana Whitfield", username: "dwhitfield", email: "dana.whitfield@qrst.com", title: "Chief Operating Officer", department: "Operations", groups: ["Executives"], password: "bridge-and-tower" },
    { name: "Mia Torres", username: "mtorres", email: "mia.torres@qrst.com", title: "Sales engineer", department: "Sales", manager: "ohaddad", groups: ["VPN-Users"] },
    { name: "Omar Haddad", username: "ohaddad", email: "omar.haddad@qrst.com", title: "Director, Sales", department: "Sales" },
    { name: "Leo Park", username: "lpark", email: "leo.park@qrst.com", title: "Contractor", department: "Facilities" },
    { name: "Ivy Stone", username: "istone", email: "ivy.stone@qrst.com", title: "Analyst", department: "Finance", manager: "nroth" },
    { name: "Nina Roth", username: "nroth", title: "Controller", department: "Finance" },
    { name: "Sam Lee", username: "slee1", email: "sam.lee@qrst.com" , ou: "People" },
    { name: "Sam Lee", username: "slee2", email: "sam.lee2@qrst.com", ou: "Contractors" },
    { name: "Zoë Müller-Łukasz", username: "zmuller", email: "zoe@qrst.com" },
    { name: "O'Neil, Pat (Tmp) *", username: "poneil", email: "pat@qrst.com" },
  ],
  groups: [{ name: "All-Leads", groups: [], description: "Everyone who leads" }, { name: "Product-Leads", groups: ["All-Leads"] }],
} satisfies DirectorySeed;
