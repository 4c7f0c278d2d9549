/** Runs an inline program through the language runtime that the Automation API serves for it. */
import grpc from "@grpc/grpc-js";
import languagerpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import languagepb from "@pulumi/pulumi/proto/language_pb.js";
import type { PlainConfigValue } from "../workspace/config.ts";
import { ownService } from "../ownServers.ts";
import type { StackId } from "../state/urn.ts";
import { letProgramClientsGo } from "./sdkClients.ts";

export interface ProgramRun {
  readonly id: StackId;
  /** Address of the language runtime: `host:port`. */
  readonly client: string;
  /** Address of the monitor. */
  readonly monitor: string;
  readonly preview: boolean;
  readonly parallel: number;
  readonly directory: string;
  readonly config: Readonly<Record<string, PlainConfigValue>>;
}

/** How a program ended: in order, or with a message. */
export type ProgramEnd = { readonly ok: true } | { readonly ok: false; readonly message: string };

type Answer = (
  error: { message: string; details?: string } | null | undefined,
  response?: languagepb.RunResponse,
) => void;

/** Begins the run. `cancel` gives up waiting for it. */
export function runProgram(run: ProgramRun): { readonly ended: Promise<ProgramEnd>; cancel(): void } {
  letProgramClientsGo();
  const { promise: ended, resolve } = Promise.withResolvers<ProgramEnd>();
  const answer: Answer = (error, response) => {
    // A language host that bails leaves it at what the program has said itself.
    const ending = response?.getBail() ? "the program ended with an error" : "";
    const message = error ? (error.details ?? error.message) : response?.getError() || ending;
    resolve(message === "" ? { ok: true } : { ok: false, message });
  };
  const own = ownService<LanguageRuntime>(run.client, languagerpc.LanguageRuntimeService);
  return { ended, cancel: own ? callOwn(own, request(run), answer) : callByAddress(run.client, request(run), answer) };
}

/** The Automation API's service. It may answer twice; the first answer counts. */
interface LanguageRuntime {
  run(call: { readonly request: languagepb.RunRequest }, answer: Answer): unknown;
}

function callOwn(runtime: LanguageRuntime, request: languagepb.RunRequest, answer: Answer): () => void {
  const answered: Answer = (error, response) => {
    if (error) outlive(error);
    answer(error, response);
  };
  queueMicrotask(() => runtime.run({ request }, answered));
  return () => answer({ message: "cancelled" });
}

/**
 * The program's error is also that of promises of the SDK's which nobody waits for. Node tells of those only once the
 * SDK, which is not slowed down by a connection here, has stopped listening; unheard, they would end the process.
 */
function outlive(error: unknown): void {
  const heard = (reason: unknown) => {
    if (reason !== error)
      queueMicrotask(() => {
        throw reason;
      });
  };
  process.on("unhandledRejection", heard);
  setImmediate(() => process.off("unhandledRejection", heard));
}

function callByAddress(address: string, request: languagepb.RunRequest, answer: Answer): () => void {
  const client = new languagerpc.LanguageRuntimeClient(address, grpc.credentials.createInsecure(), {
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
    "grpc.use_local_subchannel_pool": 1,
  });
  const call = client.run(request, (error: grpc.ServiceError | null, response?: languagepb.RunResponse) => {
    client.close();
    answer(error, response);
  });
  return () => call.cancel();
}

function request(run: ProgramRun): languagepb.RunRequest {
  const request = new languagepb.RunRequest()
    .setProject(run.id.project)
    .setStack(run.id.stack)
    .setOrganization("organization")
    .setPwd(run.directory)
    .setProgram(".")
    .setArgsList([run.monitor])
    .setDryrun(run.preview)
    .setParallel(run.parallel)
    .setMonitorAddress(run.monitor);
  const config = request.getConfigMap();
  for (const [key, { value }] of Object.entries(run.config)) config.set(key, value);
  request.setConfigsecretkeysList(Object.keys(run.config).filter((key) => run.config[key]!.secret));
  return request;
}
