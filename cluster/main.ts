import { join } from "node:path";
import { parseArgs } from "node:util";
import { TealError } from "../model/errors.ts";
import { startCluster, stopCluster, tealSettings } from "./cluster.ts";

const usage = `npm run cluster [-- --state DIR] [--port N] [--stop]
  --state DIR  where the cluster keeps what is its own (default .teal/cluster)
  --port N     port of a new cluster's API server (default 16443; 0: any that is free)
  --stop       stop it; its state stays. Remove the directory to begin anew`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      state: { type: "string", default: join(import.meta.dirname, "../.teal/cluster") },
      port: { type: "string", default: "16443" },
      stop: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(usage);
  if (values.stop) {
    const stopped = await stopCluster(values.state);
    return console.log(stopped.length === 0 ? "nothing ran" : `stopped ${stopped.join(", ")}`);
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TealError("invalid_argument", `--port should be a number from 0 to 65535, but is ${values.port}.`);
  }
  const cluster = await startCluster({ state: values.state, port, log: (line) => console.error(line) });
  console.error(`${cluster.server} is ready; stop it with: npm run cluster -- --stop`);
  const settings = { ...tealSettings(cluster), PULUMI_CONFIG_PASSPHRASE: "choose-one" };
  console.error("Teal on it, with rights of its own:");
  console.error(
    `  ${Object.entries(settings)
      .map(([name, value]) => `${name}=${value}`)
      .join(" ")} npm start`,
  );
  console.error("You, as its administrator:");
  console.log(`export KUBECONFIG=${cluster.kubeconfig}`);
}

main().catch((error: unknown) => {
  const expected = error instanceof TealError || (error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS");
  console.error(expected ? (error as Error).message : error);
  process.exitCode = 1;
});
