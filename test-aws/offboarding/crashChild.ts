import type { Client } from "../backups/ground.ts";
import { Leaving } from "./ground.ts";

/**
 * Does one part of an offboarding, `node crashChild.ts <endpoint> <tenant> <key> <export|end> <id> <n>`, and dies by SIGKILL before its
 * n-th call of AWS. Prints `done` where it came to the end before that.
 */
const [endpoint = "", tenant = "", key = "", part = "", id = "", at = ""] = process.argv.slice(2);
const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
const client: Client = { endpoint, region: "eu-central-1", credentials };
const leaving = Leaving.at(client, tenant, key);
let left = Number(at);
for (const { middlewareStack } of [leaving.ground.rds, leaving.ground.s3, leaving.kms, leaving.tagging])
  (middlewareStack as { add(middleware: unknown, options: unknown): void }).add(
    (next: (args: unknown) => Promise<unknown>) => (args: unknown) => {
      left -= 1;
      if (left === 0) process.kill(process.pid, "SIGKILL");
      return next(args);
    },
    { step: "initialize" },
  );
if (part === "export") await leaving.export(id);
else await leaving.end(id);
console.log("done");
