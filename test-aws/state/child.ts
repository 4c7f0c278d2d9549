/**
 * A worker in a process of its own: `node child.ts <url> <home> <up|destroy|remove> <n>`. It dies by SIGKILL before its n-th call
 * of S3; 0: never. Prints `done`, or `locked` where another has the stack.
 */
import { ConcurrentUpdateError } from "@pulumi/pulumi/automation/index.js";
import { clientOf } from "../../engine/state/s3/objects.ts";
import { parseS3Url } from "../../engine/state/s3/url.ts";
import { open, pets } from "./ground.ts";

const [url = "", home = "", action = "", at = "0"] = process.argv.slice(2);
let left = Number(at);
(clientOf(parseS3Url(url)).middlewareStack as { add(middleware: unknown, options: unknown): void }).add(
  (next: (args: unknown) => Promise<unknown>) => (args: unknown) => {
    left -= 1;
    if (left === 0) process.kill(process.pid, "SIGKILL");
    return next(args);
  },
  { step: "initialize" },
);
try {
  const stack = await open(url, home, pets(2));
  if (action === "up") await stack.up();
  else await stack.destroy();
  if (action === "remove") await stack.workspace.removeStack("dev");
  console.log("done");
} catch (error) {
  if (!(error instanceof ConcurrentUpdateError)) throw error;
  console.log("locked");
}
