/**
 * The services that the Automation API serves for a command: the program to run and the listener to events. It serves
 * them by gRPC, as the engine is another process to it; one in the same thread may call them as they are.
 *
 * To know them by their address, gRPC's servers are watched: what they are given to serve, and where they then listen.
 * Where that comes to nothing (a server elsewhere, another copy of gRPC or the SDK), the address is called as any other.
 */
import grpc from "@grpc/grpc-js";
import type { ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";

type Services = Map<ServiceDefinition, UntypedServiceImplementation>;

const given = new WeakMap<grpc.Server, Services>();
/** By `host:port`, while they listen. */
const listening = new Map<string, Services>();

/** What this thread serves at the address; undefined: the service is not one of this thread's. */
export function ownService<Implementation>(address: string, definition: unknown): Implementation | undefined {
  return listening.get(address)?.get(definition as ServiceDefinition) as Implementation | undefined;
}

let watching = false;

/** To be called before the servers are made. */
export function watchOwnServers(): void {
  if (watching) return;
  watching = true;

  const { addService, bindAsync, forceShutdown } = grpc.Server.prototype;

  const addresses = new WeakMap<grpc.Server, string>();

  grpc.Server.prototype.addService = function (definition, implementation) {
    addService.call(this, definition, implementation);
    given.set(this, (given.get(this) ?? new Map()).set(definition, implementation));
  };
  grpc.Server.prototype.bindAsync = function (address, credentials, callback) {
    bindAsync.call(this, address, credentials, (error, port) => {
      const bound = address.replace(/:\d+$/, `:${port}`);
      const services = given.get(this);
      if (!error && services) {
        addresses.set(this, bound);
        listening.set(bound, services);
      }
      callback(error, port);
    });
  };
  grpc.Server.prototype.forceShutdown = function () {
    listening.delete(addresses.get(this) ?? "");
    forceShutdown.call(this);
  };
}
