/**
 * Preloaded (`node --import`) into a Teal that is to die at a moment that the suite has chosen: puts itself between the
 * worker's modules. Production code knows nothing of it. Where a module is moved, no kill is reached any more and the
 * suite fails.
 */
import { registerHooks } from "node:module";
import { isMainThread } from "node:worker_threads";
import { watchRenames, watchRequests } from "./requests.ts";

/** Which import, in which module, leads to which stand-in. */
const standIns = [
  { from: "/automation/worker/worker.ts", specifier: "./drive.ts", to: "./drive.ts" },
  { from: "/automation/worker/drive.ts", specifier: "./perform.ts", to: "./perform.ts" },
  { from: "/automation/worker/drive.ts", specifier: "../../model/machine/next.ts", to: "./next.ts" },
];

watchRequests();
if (isMainThread) {
  watchRenames();
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const found = standIns.find(
        (one) => one.specifier === specifier && context.parentURL?.endsWith(one.from) === true,
      );
      if (found) return nextResolve(new URL(found.to, import.meta.url).href, context);
      return nextResolve(specifier, context);
    },
  });
  const { watchCommits } = await import("./ownActions.ts");
  watchCommits();
}
