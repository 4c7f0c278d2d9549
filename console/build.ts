import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

/*
 * Builds the console into `console/dist`, unless what is there was made from the very same sources: so it can run before
 * each start, and takes no time then. Built beside it and renamed, so that nobody is served half of it.
 */
const root = join(import.meta.dirname, "..");
const dist = join(import.meta.dirname, "dist");
const stamp = "sources.sha256";

const wanted = digestOfSources();
if (!isCurrent()) {
  const begun = performance.now();
  const unfinished = `${dist}.${process.pid}`;
  try {
    await build({
      configFile: join(import.meta.dirname, "vite.config.ts"),
      logLevel: "warn",
      build: { outDir: unfinished },
    });
    writeFileSync(join(unfinished, stamp), wanted);
    mkdirSync(dist, { recursive: true });
    const old = `${unfinished}.old`;
    renameSync(dist, old);
    renameSync(unfinished, dist);
    rmSync(old, { recursive: true });
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  console.log(`Built the console in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
}

function isCurrent(): boolean {
  const file = join(dist, stamp);
  return existsSync(file) && readFileSync(file, "utf8") === wanted;
}

function digestOfSources(): string {
  const patterns = ["console/{src,public}/**/*.*", "console/*.*", "model/**/*.ts", "package-lock.json"];
  const hash = createHash("sha256");
  for (const file of patterns.flatMap((pattern) => globSync(pattern, { cwd: root })).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}
