import { readFileSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { TealError } from "../model/errors.ts";
import { openDataDirectory } from "./dataDirectory.ts";
import { readSettings, type Settings } from "./settings.ts";
import { startTeal, type Teal } from "./teal.ts";

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8")) as {
  version: string;
};
const begun = performance.now();

const read = readSettings(process.env);
if ("problems" in read) {
  for (const problem of read.problems) console.error(problem);
  process.exit(1);
}
await run(read.settings);

async function run(settings: Settings): Promise<void> {
  await openDataDirectory(settings.TEAL_DATA).catch(fail);
  const log = pino({ level: settings.TEAL_LOG }, logDestination(settings));
  const starting = startTeal(settings, version, log);
  const stop = stopper(starting);
  process.on("SIGINT", () => void stop("SIGINT"));
  process.on("SIGTERM", () => void stop("SIGTERM"));
  const teal = await starting.catch((error: unknown) => {
    log.fatal({ err: error }, "Teal did not start");
    return fail(error);
  });
  announce(settings, teal);
}

/** Stops Teal once, as soon as it has started; a start that fails tells so itself. */
function stopper(starting: Promise<Teal>): (signal: string) => Promise<void> {
  let asked = false;
  return async (signal) => {
    if (asked) return;
    asked = true;
    console.log(`\n${signal}: stopping.`);
    const teal = await starting;
    await teal.stop();
    console.log("Stopped. The data stays.");
    process.exit(0);
  };
}

/** Standard output is for people; logs go beside the data, and to it where nobody looks at a terminal. */
function logDestination(settings: Settings): pino.DestinationStream {
  if (!process.stdout.isTTY && settings.TEAL_TARGET !== "sandbox") return pino.destination(1);
  return pino.destination({ dest: join(settings.TEAL_DATA, "run", "teal.log"), mkdir: true, sync: true });
}

/** One clear line for what a person can mend; anything else is ours to mend, and shown whole. */
function fail(error: unknown): never {
  if (error instanceof TealError) console.error(error.message);
  else console.error(error);
  process.exit(1);
}

function announce(settings: Settings, { api, gateway, secure }: Teal): void {
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(
    `Teal ${version} is ready in ${seconds} s (target ${settings.TEAL_TARGET}, engine ${settings.TEAL_ENGINE}).`,
  );
  console.log("");
  if (api) {
    console.log(`  API       ${api}/v1`);
    console.log(`  API docs  ${api}/docs`);
    console.log(`  Console   ${api}/`);
  }
  console.log(`  Gateway   ${gateway}`);
  if (secure) console.log(`  HTTPS     ${secure.gateway} (curl --cacert ${secure.authority})`);
  console.log(`  Data      ${settings.TEAL_DATA} (Ctrl-C stops everything; the data stays)`);
  if (!api) return;
  const environment = settings.TEAL_ENVIRONMENTS[0]!;
  console.log("");
  console.log("Try:");
  console.log(`  curl -s ${api}/v1/environments/${environment}/releases \\`);
  console.log(`    -H 'content-type: application/json' -d '{"version":"1.0.0","image":"teal/app:1.0.0"}'`);
}
