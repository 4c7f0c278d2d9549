/**
 * The SDK never closes the clients by which an inline program talks to the engine: they go idle after half an hour, and
 * until then hold all that the program made. A worker runs several programs a second, so they are told to go idle at once.
 */
import settings from "@pulumi/pulumi/runtime/settings.js";

/** The least that gRPC accepts, in milliseconds. */
const shortestIdleTimeout = 1000;

export function letProgramClientsGo(): void {
  const { grpcClientOptions } = settings as unknown as { grpcClientOptions?: Record<string, unknown> };
  if (grpcClientOptions) grpcClientOptions["grpc.client_idle_timeout_ms"] = shortestIdleTimeout;
}
