/**
 * Calls of a program that runs in the engine's own thread, as an inline program does. Its SDK would make gRPC clients for
 * the engine's address, and most of a run would be HTTP/2 with oneself. The SDK lets a run have other clients, as its
 * mocks do for tests: those are set here, when a run begins whose address is one of ours.
 *
 * It is the same service: the same messages go to the same handlers, and failures come back as gRPC tells them. A program
 * elsewhere, another copy of the SDK, or a later SDK that begins its runs otherwise uses the address, which is served too.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import grpc from "@grpc/grpc-js";
import type { ServiceError } from "@grpc/grpc-js";
import settings from "@pulumi/pulumi/runtime/settings.js";
import state from "@pulumi/pulumi/runtime/state.js";
import type { TealError } from "../../model/errors.ts";
import { unsupported } from "../unsupported.ts";
import type { Rpc, Rpcs, Status } from "./rpc.ts";

type Answer = (error: ServiceError | null, response?: unknown) => void;
/** A method per call: the request, perhaps metadata and options, and the answer's callback last. */
type Client = Record<string, (request: unknown, ...more: unknown[]) => void>;

interface Clients {
  readonly monitor: Client;
  readonly engine: Client;
  /** In the place of the server by which the engine would call the program back. */
  readonly callbacks: object;
}

/** Of the engines that now run in this thread, by address. */
const clientsAt = new Map<string, Clients>();

/** Parts of the SDK that its types don't show. */
interface SdkSettings {
  resetOptions?: (...args: unknown[]) => void;
}
interface SdkState {
  /** Of the run at hand; undefined outside of one. */
  getLocalStore?: () => { settings: { options: { monitorAddr?: string } }; callbacks?: object } | undefined;
}

/**
 * Serves programs of this thread that are told `address`. The function given ends it: calls are `UNAVAILABLE` then.
 * `refuse` is told at once when a program wants to be called back: the SDK would serve that first, and ask only then.
 */
export function serveSameThread(
  address: string,
  services: { monitor: Rpcs; engine: Rpcs },
  refuse: (error: TealError) => void,
): () => void {
  takePart();
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => undefined);
  let open = true;
  // What a call starts, as connections that stay, must not hold on to the run of the program that called.
  const inEngine = AsyncLocalStorage.snapshot();
  const through =
    (rpc: Rpc): Rpc =>
    (request) =>
      open ? Promise.race([inEngine(rpc, request), ended.promise]) : ended.promise;
  clientsAt.set(address, {
    monitor: client(services.monitor, through),
    engine: client(services.engine, through),
    callbacks: refusingCallbacks(refuse),
  });
  return () => {
    open = false;
    clientsAt.delete(address);
    ended.reject({ code: grpc.status.UNAVAILABLE, details: "the engine has ended" } satisfies Status);
  };
}

function client(rpcs: Rpcs, through: (rpc: Rpc) => Rpc): Client {
  const methods = Object.entries(rpcs).map(([name, rpc]) => {
    const call = through(rpc);
    const method: Client[string] = (request, ...more) => {
      const answer = more.at(-1) as Answer;
      call(request).then(
        (response) => answer(null, response),
        (error: unknown) => answer(serviceError(error as Status)),
      );
    };
    return [name, method];
  });
  return { ...(Object.fromEntries(methods) as Client), close: () => undefined };
}

function refusingCallbacks(refuse: (error: TealError) => void): object {
  const asked = () => {
    const error = unsupported("what calls the program back: transforms, resource hooks, state migrations");
    refuse(error);
    return Promise.reject(serviceError({ code: grpc.status.UNAVAILABLE, details: error.message }));
  };
  const nothing = () => Promise.resolve();
  return new Proxy({}, { get: (_target, name) => (String(name).startsWith("register") ? asked : nothing) });
}

function serviceError({ code, details }: Status): ServiceError {
  const error = new Error(`${code} ${grpc.status[code]}: ${details}`);
  return Object.assign(error, { code, details, metadata: new grpc.Metadata() });
}

let takesPart = false;

/** Has every run begin with the clients of its engine, if that is here. */
function takePart(): void {
  if (takesPart) return;
  takesPart = true;
  const sdk = settings as SdkSettings;
  const { getLocalStore } = state as SdkState;
  const reset = sdk.resetOptions;
  if (!reset || !getLocalStore) return;
  sdk.resetOptions = (...args) => {
    reset(...args);
    const run = getLocalStore();
    const clients = clientsAt.get(run?.settings.options.monitorAddr ?? "");
    if (!run || !clients) return;
    Object.assign(run.settings, { monitor: clients.monitor, engine: clients.engine });
    run.callbacks = clients.callbacks;
  };
}
