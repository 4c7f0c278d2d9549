import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { TealError } from "../model/errors.ts";
import { moduleDirectory } from "./versions.ts";

/**
 * Runs the go command on cluster/go.mod and gives what it wrote to its output.
 *
 * @throws TealError `go_missing` without a go command, `go_failed` with the end of what it said
 */
export async function go(args: readonly string[]): Promise<string> {
  const child = spawn("go", args, {
    cwd: moduleDirectory,
    stdio: ["ignore", "pipe", "pipe"],
    // Without cgo no C compiler is needed. `readonly`: what is built is what go.sum lists, or it fails. `auto`: a Go that is
    // older than go.mod asks for fetches that one, whatever its makers preset.
    env: {
      ...process.env,
      CGO_ENABLED: "0",
      GOFLAGS: "-mod=readonly -buildvcs=false",
      GOTOOLCHAIN: process.env["GOTOOLCHAIN"] ?? "auto",
    },
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const [output, complaints, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]).catch(
    (cause: NodeJS.ErrnoException) => {
      if (cause.code !== "ENOENT") throw cause;
      throw new TealError(
        "go_missing",
        "The test cluster is built with Go, but no go command is on the PATH: install Go 1.21 or later (https://go.dev/dl).",
        { cause },
      );
    },
  );
  if (code !== 0) {
    const end = complaints.trimEnd().split("\n").slice(-8).join("\n");
    throw new TealError(
      "go_failed",
      `\`go ${args[0]}\` should have succeeded in cluster/, but ended with ${code}:\n${end}`,
    );
  }
  return output;
}
