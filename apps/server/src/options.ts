import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isTracingConfigured } from "./observe/is-tracing-configured.ts";
import { StartError } from "./start-error.ts";

/** `server` takes requests, `worker` carries out what runs ask for, `all` does both. */
export type ProcessRole = "all" | "server" | "worker";

/** What a server is started with; see README for the environment variables. */
export interface ServerOptions {
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port?: number;
  /** The data folder; made when it is missing. */
  readonly home: string;
  /** A PostgreSQL database for several processes; without it one process works on an SQLite file in the home folder. */
  readonly databaseUrl?: string;
  /** Other than `all` only with a database. */
  readonly role?: ProcessRole;
  readonly sampleWorld?: boolean;
  readonly logLevel?: "silent" | "error" | "warn" | "info" | "debug";
  readonly maxPlaybookBytes?: number;
  readonly pollSeconds?: number;
  readonly admin?: { readonly email: string; readonly password: string };
  /** 32 bytes as base64 or hex; without it the key file in the home folder. */
  readonly key?: string;
  /** A JSON file of connections to set up at start: `{ id: { integration, settings, allowPrivateNetwork } }`. */
  readonly connectionsFile?: string;
  /** Whoever sends it may read `/metrics`; without it, only loopback clients may. */
  readonly metricsToken?: string;
  /** Whether runs are sent as spans to where OpenTelemetry's variables in the environment say. */
  readonly tracing?: boolean;
  /** Folders of shipped playbooks and of the built designer. */
  readonly library?: string;
  readonly designer?: string;
  /** Checks every answer against its schema; for tests. */
  readonly checkAnswers?: boolean;
  /** The clock of schedules, signatures and retention, epoch ms; for tests. */
  readonly now?: () => number;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The options with what they leave out. */
export type Settings = ReturnType<typeof settingsOf>;

/** Fills in what the options leave out; throws a StartError when they do not go together. */
export function settingsOf(options: ServerOptions) {
  const sampleWorld = options.sampleWorld ?? false;
  const role = options.role ?? "all";
  const databaseUrl = options.databaseUrl ?? null;
  if (databaseUrl !== null) demandPostgres(databaseUrl);
  else if (role !== "all")
    throw new StartError("role-needs-database", `A process with the role ${role} shares its work with others: give them all the same DRAWBRIDGE_DATABASE_URL.`);
  return {
    host: options.host ?? "127.0.0.1",
    port: options.port ?? (role === "worker" ? 0 : 3000),
    home: resolve(options.home),
    databaseUrl,
    role,
    sampleWorld,
    logLevel: options.logLevel ?? "info",
    maxPlaybookBytes: options.maxPlaybookBytes ?? 5 * 1024 * 1024,
    pollMs: (options.pollSeconds ?? (sampleWorld ? 3 : 15)) * 1_000,
    admin: options.admin ?? null,
    key: options.key ?? null,
    connectionsFile: options.connectionsFile ?? null,
    metricsToken: options.metricsToken ?? null,
    tracing: options.tracing ?? false,
    library: options.library ?? join(root, "playbook-library"),
    designer: options.designer ?? join(root, "apps/designer/dist"),
    checkAnswers: options.checkAnswers ?? false,
    now: options.now ?? Date.now,
  };
}

const number = (text: string | undefined, name: string, least: number, most: number): number | undefined => {
  if (text === undefined || text === "") return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value < least || value > most) throw new StartError("invalid-option", `${name} must be a number from ${least} to ${most}; it is "${text}".`);
  return value;
};

/** The address is not shown: it may hold a password. */
function demandPostgres(url: string): void {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: "", hostname: "" };
  if ((protocol !== "postgres:" && protocol !== "postgresql:") || hostname === "")
    throw new StartError("invalid-option", "DRAWBRIDGE_DATABASE_URL must be like postgres://user:password@host:5432/database.");
}

const roles = ["all", "server", "worker"] as const satisfies readonly ProcessRole[];
const levels = ["silent", "error", "warn", "info", "debug"] as const;

/** Reads the environment; throws with the variable's name when a value is not right. */
export function optionsFromEnvironment(environment: Readonly<Record<string, string | undefined>>): ServerOptions {
  const {
    HOST: host,
    DRAWBRIDGE_HOME: home,
    DRAWBRIDGE_ADMIN_EMAIL: email,
    DRAWBRIDGE_ADMIN_PASSWORD: password,
    DRAWBRIDGE_KEY: key,
    DRAWBRIDGE_METRICS_TOKEN: metricsToken,
    DRAWBRIDGE_CONNECTIONS_FILE: connectionsFile,
    DRAWBRIDGE_DATABASE_URL: databaseUrl,
  } = environment;
  const port = number(environment["PORT"], "PORT", 0, 65_535);
  const maxPlaybookBytes = number(environment["DRAWBRIDGE_MAX_PLAYBOOK_BYTES"], "DRAWBRIDGE_MAX_PLAYBOOK_BYTES", 1_024, 512 * 1024 * 1024);
  const pollSeconds = number(environment["DRAWBRIDGE_POLL_SECONDS"], "DRAWBRIDGE_POLL_SECONDS", 0.05, 86_400);
  const wantedRole = environment["DRAWBRIDGE_ROLE"];
  const role = roles.find((each) => each === wantedRole);
  if (wantedRole !== undefined && wantedRole !== "" && role === undefined) throw new StartError("invalid-option", `DRAWBRIDGE_ROLE must be one of ${roles.join(", ")}.`);
  const level = environment["DRAWBRIDGE_LOG_LEVEL"];
  const logLevel = levels.find((each) => each === level);
  if (level !== undefined && level !== "" && logLevel === undefined) throw new StartError("invalid-option", `DRAWBRIDGE_LOG_LEVEL must be one of ${levels.join(", ")}.`);
  if ((email === undefined) !== (password === undefined)) throw new StartError("invalid-option", "DRAWBRIDGE_ADMIN_EMAIL and DRAWBRIDGE_ADMIN_PASSWORD go together.");
  return {
    home: home || ".drawbridge",
    sampleWorld: environment["DRAWBRIDGE_SAMPLE_WORLD"] === "1",
    ...(host ? { host } : {}),
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(role === undefined ? {} : { role }),
    ...(port === undefined ? {} : { port }),
    ...(logLevel === undefined ? {} : { logLevel }),
    ...(maxPlaybookBytes === undefined ? {} : { maxPlaybookBytes }),
    ...(pollSeconds === undefined ? {} : { pollSeconds }),
    ...(email !== undefined && password !== undefined ? { admin: { email, password } } : {}),
    ...(key ? { key } : {}),
    ...(metricsToken ? { metricsToken } : {}),
    tracing: isTracingConfigured(environment),
    ...(connectionsFile ? { connectionsFile } : {}),
  };
}
