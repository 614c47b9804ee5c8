import type { EndpointsSeed } from "./endpoints-seed.ts";

/** The computers of QRST Inc.: OHADDAD-LT is offline, Carl Novak has two, and 10.20.4.61 was an old computer's address too. */
export const sampleEndpoints = {
  endpoints: [
    { id: "7b1f9c0e42d84a5c", name: "JANDERSON-LT", ip: ["10.20.4.61"], users: ["janderson"] },
    { id: "2c4d0a8f91b3477e", name: "JANDERSON-OLD", ip: ["10.20.4.61"], users: ["janderson"], osVersion: "Windows 10", status: "LOST", lastSeenMinutesAgo: 360_000 },
    { id: "9e30b1c7d5624f08", name: "MTORRES-LT", ip: ["10.20.4.87"], users: ["mtorres"] },
    { id: "4af2e86015cb49d3", name: "LPARK-LT", ip: ["10.20.6.12"], users: ["lpark"] },
    { id: "b86d17f3a0e24c95", name: "ISTONE-LT", ip: ["10.20.4.93"], users: ["istone"] },
    { id: "e15c7a94f28b4063", name: "OHADDAD-LT", ip: ["192.168.1.23"], users: ["ohaddad"], status: "DISCONNECTED", lastSeenMinutesAgo: 95 },
    { id: "60d9f4b2c87e41a1", name: "CNOVAK-LT", ip: ["10.20.5.31"], users: ["cnovak"] },
    { id: "60d9f4b2c87e41a2", name: "CNOVAK-WS", ip: ["10.20.5.32"], users: ["cnovak"] },
    { id: "f7a3c05e9d1246b8", name: "QRST-FILES-01", ip: ["10.20.1.20"], type: "AGENT_TYPE_SERVER", osVersion: "Windows Server 2022" },
  ],
} as const satisfies EndpointsSeed;
