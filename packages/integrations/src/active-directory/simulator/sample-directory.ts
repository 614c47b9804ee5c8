import type { DirectorySeed } from "./directory-seed.ts";

/** QRST Inc., the sample company. */
export const sampleDirectory = {
  baseDn: "dc=qrst,dc=com",
  users: [
    { name: "Grace Lindqvist", username: "glindqvist", email: "grace.lindqvist@qrst.com", title: "Chief Executive Officer", department: "Executive office", groups: ["Executives"] },
    { name: "Dana Whitfield", username: "dwhitfield", email: "dana.whitfield@qrst.com", title: "Chief Operating Officer", department: "Operations", manager: "glindqvist", groups: ["Executives"] },
    { name: "John Anderson", username: "janderson", email: "john.anderson@qrst.com", title: "Vice President, Product", department: "Product", manager: "dwhitfield", groups: ["Executives", "Product-Leads", "VPN-Users"] },
    { name: "Omar Haddad", username: "ohaddad", email: "omar.haddad@qrst.com", title: "Director, Sales", department: "Sales", manager: "dwhitfield", groups: ["VPN-Users"] },
    { name: "Mia Torres", username: "mtorres", email: "mia.torres@qrst.com", title: "Sales engineer", department: "Sales", manager: "ohaddad", groups: ["VPN-Users"] },
    { name: "Leo Park", username: "lpark", email: "leo.park@qrst.com", title: "Facilities contractor", department: "Facilities", groups: ["VPN-Users"] },
    { name: "Nina Roth", username: "nroth", title: "Controller", department: "Finance", manager: "dwhitfield" },
    { name: "Ivy Stone", username: "istone", email: "ivy.stone@qrst.com", title: "Financial analyst", department: "Finance", manager: "nroth", groups: ["VPN-Users"] },
    { name: "Helen Brandt", username: "hbrandt", email: "helen.brandt@qrst.com", title: "General Counsel", department: "Legal", manager: "glindqvist", groups: ["Executives", "Legal"] },
    { name: "Ruth Vega", username: "rvega", email: "ruth.vega@qrst.com", title: "Head of People", department: "HR", manager: "glindqvist", groups: ["HR"] },
    { name: "Carl Novak", username: "cnovak", email: "carl.novak@qrst.com", title: "Compliance officer", department: "Compliance", manager: "hbrandt", groups: ["Compliance"] },
    { name: "Priya Nair", username: "pnair", email: "priya.nair@qrst.com", title: "Security analyst", department: "Security", manager: "mkeller", groups: ["Security-Operations", "VPN-Users"] },
    { name: "Tom Okafor", username: "tokafor", email: "tom.okafor@qrst.com", title: "Security analyst", department: "Security", manager: "mkeller", groups: ["Security-Operations"] },
    { name: "Ana Lima", username: "alima", email: "ana.lima@qrst.com", title: "Security analyst", department: "Security", manager: "mkeller", groups: ["Security-Operations"] },
    { name: "Max Keller", username: "mkeller", email: "max.keller@qrst.com", title: "Head of security operations", department: "Security", manager: "dwhitfield", groups: ["Security-Operations"] },
  ],
  groups: [
    { name: "Executives", description: "The executive team" },
    { name: "Product-Leads", description: "Heads of product areas", groups: ["All-Leads"] },
    { name: "All-Leads", description: "Everyone who leads people" },
    { name: "Legal", description: "Legal department" },
    { name: "HR", description: "People department" },
    { name: "Compliance", description: "Compliance department" },
    { name: "Security-Operations", description: "Security operations centre" },
    { name: "VPN-Users", description: "May connect from outside" },
  ],
} satisfies DirectorySeed;
