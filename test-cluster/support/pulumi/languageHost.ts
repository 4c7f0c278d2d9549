/**
 * What `pulumi-language-nodejs` is to the Pulumi CLI: serves a LanguageRuntime that runs a project's program as a Node
 * process of its own, by the same entry of the SDK, with the same arguments and environment.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import grpc from "@grpc/grpc-js";
import languagerpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import languagepb from "@pulumi/pulumi/proto/language_pb.js";
import { parse } from "yaml";

export interface LanguageHost {
  /** `host:port`, for `--client`. */
  address: string;
  close(): void;
}

/** Serves the project in `root`, a directory with a Pulumi.yaml. */
export async function serveLanguageHost(root: string): Promise<LanguageHost> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(languagerpc.LanguageRuntimeService as unknown as grpc.ServiceDefinition, {
    run: (call: { request: languagepb.RunRequest }, answer: grpc.sendUnaryData<languagepb.RunResponse>) => {
      runProgram(root, call.request).then(
        (response) => answer(null, response),
        (error: Error) => answer({ code: grpc.status.UNKNOWN, details: error.message }),
      );
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

/** The program has told its user what was wrong, says the SDK by this exit code. */
const endedAfterSayingWhy = 32;

async function runProgram(root: string, request: languagepb.RunRequest): Promise<languagepb.RunResponse> {
  const program = join(root, await mainOf(root));
  const run = createRequire(program).resolve("@pulumi/pulumi/cmd/run");
  const child = spawn(process.execPath, [run, ...argumentsFor(root, program, request)], {
    cwd: dirname(program),
    env: { ...process.env, ...environmentFor(request) },
    // Standard output is the CLI's own, for what it tells its user.
    stdio: ["ignore", 2, 2],
  });
  const [code] = (await once(child, "exit")) as [number | null];
  const response = new languagepb.RunResponse();
  if (code === endedAfterSayingWhy) response.setBail(true);
  else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
  return response;
}

async function mainOf(root: string): Promise<string> {
  const project = parse(await readFile(join(root, "Pulumi.yaml"), "utf8")) as { main: string };
  return project.main;
}

function argumentsFor(root: string, program: string, request: languagepb.RunRequest): string[] {
  const flags = {
    monitor: request.getMonitorAddress(),
    engine: request.getArgsList()[0]!,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": root,
    stack: request.getStack(),
    pwd: dirname(program),
    parallel: `${request.getParallel()}`,
  };
  const dryRun = request.getDryrun() ? ["--dry-run"] : [];
  return [...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]), ...dryRun, basename(program)];
}

function environmentFor(request: languagepb.RunRequest): Record<string, string> {
  const config: Record<string, string> = {};
  for (const [key, value] of request.getConfigMap().entries() as Iterable<[string, string]>) {
    const [namespace, name] = key.split(":");
    config[`${namespace}:config:${name}`] = value;
  }
  return {
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}
