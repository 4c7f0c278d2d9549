import type { IncomingMessage, ServerResponse } from "node:http";
import { failureOf, roleOf, schemaOf, tagOf, type Failure, type Role } from "./behaviour.ts";
import { answerNotes } from "./notes.ts";
import { Store } from "./store.ts";

/** What the application needs of the process or pod that it runs in. */
export interface Host {
  /** The container's command and args. */
  words?: readonly string[];
  /** A container that has to end: it does its work and exits, whatever its command is. */
  runsToCompletion?: boolean;
  log: (line: string) => void;
  exit: (code: number) => void;
}

export interface App {
  role: Role;
  version: string;
  start: () => void;
  /** Answers one request. */
  handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** From here on it isn't ready: it is about to be stopped. It goes on answering. */
  drain: () => void;
  stop: () => void;
}

type Env = Readonly<Record<string, string | undefined>>;

const slowMs = 1500;
const crashMs = 200;
const taskMs = 300;
const workEveryMs = 5000;

/**
 * The application that demos and tests deploy: it answers with its tenant, environment, color and version, which
 * `env` names (`TEAL_TENANT`, `TEAL_ENVIRONMENT`, `TEAL_COLOR`, `TEAL_VERSION`; the version is else the image's tag), and
 * with the config and flags in `TEAL_CONFIG` and `TEAL_FLAGS` (JSON). With a directory in `TEAL_DATA_DIR` it keeps notes
 * there, which all copies of a tenant share, and as a migration brings their schema to its version: see `schemaOf`. The
 * tag's ending makes it fail: see `Failure`.
 * Health answers stay quick and honest in a slow or erroring one, so that only real traffic shows what is wrong.
 */
export function createApp(env: Env, image: string, host: Host): App {
  const tag = tagOf(image);
  const failure = failureOf(tag);
  const role = host.runsToCompletion === true ? "migration" : roleOf(host.words ?? [], env);
  const version = env.TEAL_VERSION ?? tag;
  const log = (level: "info" | "error", message: string, more: object = {}): void =>
    host.log(JSON.stringify({ at: new Date().toISOString(), level, message, version, ...more }));
  let timer: NodeJS.Timeout | undefined;
  let draining = false;
  let answered = 0;
  const directory = env.TEAL_DATA_DIR;
  const store = directory
    ? new Store(directory, { version, ...schemaOf(tag === "latest" ? version : tag) })
    : undefined;

  const identity = {
    tenant: env.TEAL_TENANT ?? null,
    environment: env.TEAL_ENVIRONMENT ?? null,
    color: env.TEAL_COLOR ?? null,
    version,
  };

  function start(): void {
    log("info", "started", { role });
    if (role === "migration") timer = setTimeout(() => runTask(failure, store, log, host.exit), taskMs);
    else if (failure === "crashing") timer = setTimeout(() => crash(log, host.exit), crashMs);
    else if (role === "background")
      timer = setInterval(() => log("info", "did a round of background work"), workEveryMs);
  }

  function answerTraffic(path: string, request: IncomingMessage, response: ServerResponse): void {
    answered += 1;
    if (failure === "erroring" && answered % 2 === 0) {
      log("error", "failed to answer", { path, reason: `version ${version} fails half of its requests` });
      reply(response, 500, { error: "internal", message: `Version ${version} fails half of its requests.` });
    } else if (role === "web" && path === "/") reply(response, 200, identity);
    else if (role === "web" && path === "/config") {
      reply(response, 200, { config: parsed(env.TEAL_CONFIG), flags: flagsIn(parsed(env.TEAL_FLAGS)) });
    } else if (role === "web" && /^\/notes(\/|$)/.test(path)) {
      answerNotes(store, identity.color, { request, response, path, reply }).catch((error: Error) => {
        log("error", "failed to answer", { path, reason: error.message });
        reply(response, 500, { error: "store", message: `The store failed: ${error.message}.` });
      });
    } else reply(response, 404, { error: "not_found", message: `There is nothing at ${path}.` });
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (draining) response.shouldKeepAlive = false;
    if (path === "/livez") replyText(response, 200, "ok");
    else if (path === "/healthz") {
      const why = draining ? "stopping" : failure === "neverready" ? `version ${version} never gets ready` : undefined;
      replyText(response, why === undefined ? 200 : 503, why ?? "ok");
    } else if (failure === "slow") setTimeout(() => answerTraffic(path, request, response), slowMs);
    else answerTraffic(path, request, response);
  }

  return {
    role,
    version,
    start,
    handle,
    drain: () => void (draining = true),
    stop: () => clearTimeout(timer),
  };
}

type Log = (level: "info" | "error", message: string, more?: object) => void;

function crash(log: Log, exit: (code: number) => void): void {
  log("error", "crashed: can't reach its configuration store (this version always crashes)");
  exit(1);
}

function runTask(failure: Failure | undefined, store: Store | undefined, log: Log, exit: (code: number) => void): void {
  try {
    if (failure === "migrationfails")
      throw new Error('column "plan" of relation "accounts" holds null values (this version\'s always fails)');
    if (store === undefined) log("info", "migration done: there is no store, as TEAL_DATA_DIR is not set");
    else {
      const { done, schemaVersion } = store.migrate();
      for (const line of done) log("info", line);
      const what = done.length > 0 ? "" : ": nothing to do";
      log("info", `migration done${what}, the schema is at version ${schemaVersion}`);
    }
  } catch (error) {
    log("error", `migration failed: ${(error as Error).message}`);
    return exit(1);
  }
  exit(0);
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body) + "\n");
}

function replyText(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "text/plain" }).end(body);
}

interface FlagDefinitions {
  flags?: Record<string, { variants: Record<string, unknown>; defaultVariant: string }>;
}

/** Each flag's value, as an OpenFeature provider would give it; what is no flagd document is shown as it is. */
function flagsIn(document: unknown): unknown {
  const { flags } = document as FlagDefinitions;
  if (!flags) return document;
  return Object.fromEntries(
    Object.entries(flags).map(([name, { variants, defaultVariant }]) => [name, variants[defaultVariant]]),
  );
}

/** Config and flags as JSON; what isn't JSON is shown as it is rather than hidden. */
function parsed(text: string | undefined): unknown {
  if (text === undefined || text === "") return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
