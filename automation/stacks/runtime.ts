import * as pulumi from "@pulumi/pulumi";

/** Parts of Pulumi's SDK that its types don't show. */
interface Hidden {
  log: { debug(message: string): Promise<void> };
  runtime: { grpcClientOptions?: Record<string, unknown> };
}

/**
 * Makes Pulumi's SDK fit to run program after program in one thread. These are a bound on memory and two speed-ups of
 * a flip, which is what most operations are; all goes on working where one of them comes to nothing in another version.
 */
export function prepareRuntime(): void {
  const { log, runtime } = pulumi as unknown as Hidden;
  // The SDK never closes the clients of an inline program. Each holds all of the program's resources by its idle timer,
  // for half an hour by default: some 400 KB a run. In milliseconds.
  if (runtime.grpcClientOptions) runtime.grpcClientOptions["grpc.client_idle_timeout_ms"] = 1000;
  // Three debug messages per resource, each a call of its own that waits for the one before. Nobody reads them.
  log.debug = () => Promise.resolve();
  // The SDK takes a stack trace for every promise. Errors leave the thread as code, message and evidence.
  Error.stackTraceLimit = 0;
}
