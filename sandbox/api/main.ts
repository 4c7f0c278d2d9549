import { TealError } from "../../model/errors.ts";
import { type ApiServer, startApiServer } from "./server.ts";

/** The sandbox's API server as a process. Says `{"ready":true,"port":N}` on stdout when it answers; SIGTERM ends it. */
async function main(): Promise<void> {
  const server = await startApiServer({
    directory: required("SANDBOX_DATA"),
    port: port("SANDBOX_API_PORT", 0),
    token: required("SANDBOX_TOKEN"),
    gatewayPort: port("SANDBOX_GATEWAY_PORT", 80),
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop(server));
  console.log(JSON.stringify({ ready: true, port: server.port }));
}

async function stop(server: ApiServer): Promise<void> {
  await server.close().catch(fail);
  process.exit();
}

function required(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new TealError("sandbox_setting", `Expected ${name} in the environment, got nothing. Set it and start again.`);
}

function port(name: string, fallback: number): number {
  const text = process.env[name] || String(fallback);
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new TealError("sandbox_setting", `Expected ${name} to be a port from 0 to 65535, got ${JSON.stringify(text)}.`);
}

function fail(error: unknown): void {
  console.error(error instanceof TealError ? error.message : error);
  process.exitCode = 1;
}

await main().catch((error: unknown) => {
  fail(error);
  process.exit(1);
});
