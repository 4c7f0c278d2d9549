/** Remote calls apart from the way they come by: gRPC, or within the thread. */
import grpc from "@grpc/grpc-js";
import type { handleUnaryCall, ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";
import { TealError } from "../../model/errors.ts";
import { unsupported } from "../unsupported.ts";
import { Stopped } from "./failure.ts";

export type Handler<Request, Response> = (request: Request) => Promise<Response> | Response;
export type Handlers = Readonly<Record<string, Handler<never, unknown>>>;

/** A call that rejects with nothing but a {@link Status}. */
export type Rpc = (request: unknown) => Promise<unknown>;
export type Rpcs = Readonly<Record<string, Rpc>>;

export interface Status {
  readonly code: grpc.status;
  readonly details: string;
}

/** All calls of a service; those without a handler are refused as unsupported, which `refuse` is told. */
export function rpcs(definition: ServiceDefinition, handlers: Handlers, refuse: (error: TealError) => void): Rpcs {
  const calls = Object.entries(definition).map(([name, { path }]) => {
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    const call: Rpc = async (request) => {
      try {
        if (!handler) throw unsupported(`what the program asks by ${path}`);
        return await handler(request as never);
      } catch (error) {
        throw asStatus(error, refuse);
      }
    };
    return [name, call];
  });
  return Object.fromEntries(calls) as Rpcs;
}

/** `UNAVAILABLE` is how a program learns that the engine is through with it; it then ends without a complaint. */
function asStatus(error: unknown, refuse: (error: TealError) => void): Status {
  if (error instanceof TealError && error.code === "engine_unsupported") refuse(error);
  const details = error instanceof Error ? error.message : String(error);
  const code = error instanceof Stopped || error instanceof TealError ? grpc.status.UNAVAILABLE : grpc.status.UNKNOWN;
  return { code, details };
}

export function addService(server: grpc.Server, definition: ServiceDefinition, calls: Rpcs): void {
  const implementation: UntypedServiceImplementation = {};
  for (const [name, rpc] of Object.entries(calls)) {
    const serve: handleUnaryCall<unknown, unknown> = (call, answer) => {
      rpc(call.request).then(
        (response) => answer(null, response),
        (status: unknown) => answer(status as Status),
      );
    };
    implementation[name] = serve as UntypedServiceImplementation[string];
  }
  server.addService(definition, implementation);
}
