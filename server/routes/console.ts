import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type Request, type Response, type NextFunction, Router } from "express";

const built = fileURLToPath(new URL("../../console/dist/", import.meta.url));
/** Paths that the page itself makes something of: it is one page with many addresses. */
const pages = /^\/(?:$|activity$|(?:operations|environments)(?:\/|$))/;

/** The console: the built page at each of its addresses, and the files that it loads. */
export function consolePage(folder = built): Router {
  const index = join(folder, "index.html");
  const page = (request: Request, response: Response, next: NextFunction): void => {
    if ((request.method !== "GET" && request.method !== "HEAD") || !pages.test(request.path)) return next();
    if (!request.accepts("html")) return next();
    response.set("Cache-Control", "no-cache");
    if (existsSync(index)) return response.sendFile(index);
    response.status(503).type("text").send("The console is not built. Build it with: npm run build:console\n");
  };
  // Names of assets hold a digest of their content.
  const assets = express.static(join(folder, "assets"), {
    immutable: true,
    maxAge: "1y",
    redirect: false,
    index: false,
  });
  const others = express.static(folder, { dotfiles: "ignore", redirect: false, index: false });
  return Router().use(page).use("/assets", assets).use(others);
}
