import { Ground, never, type Client } from "./ground.ts";

/**
 * Calls the provider once, `node crashChild.ts <endpoint> <tenant> <take|restore|restoreTo|drill|prune> <id or moment> <n>`, and dies by SIGKILL before
 * its n-th call of AWS. Prints `done` where it came to the end before that.
 */
const [endpoint = "", tenant = "", action = "", id = "", at = ""] = process.argv.slice(2);
const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
const client: Client = { endpoint, region: "eu-central-1", credentials };
const ground = Ground.at(client, tenant);
let left = Number(at);
for (const { middlewareStack } of [ground.rds, ground.s3])
  (middlewareStack as { add(middleware: unknown, options: unknown): void }).add(
    (next: (args: unknown) => Promise<unknown>) => (args: unknown) => {
      left -= 1;
      if (left === 0) process.kill(process.pid, "SIGKILL");
      return next(args);
    },
    { step: "initialize" },
  );
const { provider, of } = ground;
if (action === "take") await provider.take(of, id, never);
else if (action === "restore") await provider.restore(of, id, never);
else if (action === "restoreTo") await provider.restoreTo(of, { at: id, cluster: ground.data.cluster! }, never);
else if (action === "drill") await provider.drill(of, id, never);
else await provider.prune(of, id);
console.log("done");
