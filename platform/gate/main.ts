import { readFileSync } from "node:fs";
import { refusals } from "./gate.ts";

/** `node platform/gate/main.ts preview.json`: ends with 1 where what was previewed would cut running tenants. */
const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error("Expected the file that `pulumi preview --json` wrote.");
  process.exit(2);
}
const found = refusals(JSON.parse(readFileSync(path, "utf8")));
if (found.length === 0) console.log("Nothing that tenants stand on is deleted or replaced.");
else {
  console.error("Refused: this would cut running tenants, or end what holds their data.");
  for (const line of found) console.error(`  ${line}`);
  console.error("Change it in steps that leave these in place; docs/aws.md (Changes that are refused) tells how.");
  process.exitCode = 1;
}
