import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";

/** A stand-in for AWS's HTTP API, with accounts of its own that are gone with it. */
export interface Moto {
  /** For the SDK's clients, as in production but for where they lead. */
  client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  /** For processes that read the SDK's own environment variables. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

const command = "moto_server";

export function hasMoto(): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Starts one on a free port of loopback; throws with what it printed where it doesn't come up. */
export async function startMoto(): Promise<Moto> {
  // Of this machine only: nothing of it may reach a real account.
  const child = spawn(command, ["-H", "127.0.0.1", "-p", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(child, "exit");
  const printed: string[] = [];
  const lines = createInterface(child.stderr);
  const endpoint = await new Promise<string>((resolve, reject) => {
    lines.on("line", (line) => {
      printed.push(line);
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (url) resolve(url);
    });
    child.once("error", reject);
    void exited.then(() => reject(new Error(`${command} ended before it listened: ${printed.join("\n")}`)));
  });
  const region = "eu-central-1";
  const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
  return {
    client: { endpoint, region, credentials },
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    async stop() {
      child.kill();
      await exited;
      lines.close();
    },
  };
}
