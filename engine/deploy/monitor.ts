/** The gRPC services that a program talks to: the resource monitor and the engine. */
import grpc from "@grpc/grpc-js";
import type { handleUnaryCall, ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";
import enginerpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import enginepb from "@pulumi/pulumi/proto/engine_pb.js";
import resourcerpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resourcepb from "@pulumi/pulumi/proto/resource_pb.js";
import { TealError } from "../../model/errors.ts";
import type { Severity } from "../events/event.ts";
import { emptypb } from "../protobuf.ts";
import { makeUrn } from "../state/urn.ts";
import { unsupported } from "../unsupported.ts";
import type { PropertyMap } from "../values/property.ts";
import type { Deploying } from "./context.ts";
import { Stopped } from "./failure.ts";
import { readGoal, type Goal } from "./goal.ts";
import { withoutDebugMessages, withPropertiesApart, type ResourceAnswer, type WithProperties } from "./messages.ts";
import type { Registrations } from "./registrations.ts";

export interface Monitor {
  readonly address: string;
  close(): void;
}

type Handler<Request, Response> = (request: Request) => Promise<Response> | Response;
type Service = Record<string, Handler<never, unknown>>;

/** Serves a program at an address of its own. `atEnd` is called when the program has registered all it wants. */
export async function serveMonitor(
  deploying: Deploying,
  registrations: Registrations,
  parallel: number,
  atEnd: () => Promise<void>,
): Promise<Monitor> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  const refuse = (error: TealError) => registrations.fail({ kind: "refused", error });
  const monitor = withPropertiesApart(resourcerpc.ResourceMonitorService as unknown as ServiceDefinition);
  add(server, monitor, monitorService(deploying, registrations, parallel, atEnd), refuse);
  const engine = enginerpc.EngineService as unknown as ServiceDefinition;
  add(server, deploying.reporter.debug ? engine : withoutDebugMessages(engine), engineService(deploying), refuse);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

/** Adds a service; a method without a handler is refused as unsupported. */
function add(
  server: grpc.Server,
  methods: ServiceDefinition,
  handlers: Service,
  refuse: (error: TealError) => void,
): void {
  const implementation: UntypedServiceImplementation = {};
  for (const name of Object.keys(methods)) {
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    const serve: handleUnaryCall<unknown, unknown> = (call, answer) => {
      const answered = handler
        ? Promise.resolve().then(() => handler(call.request as never))
        : Promise.reject(unsupported(`what the program asks by ${methods[name]!.path}`));
      answered.then(
        (response) => answer(null, response),
        (error: unknown) => answer(asStatus(error, refuse)),
      );
    };
    implementation[name] = serve as UntypedServiceImplementation[string];
  }
  server.addService(methods, implementation);
}

/** `UNAVAILABLE` is how a program learns that the engine is through with it; it then ends without a complaint. */
function asStatus(error: unknown, refuse: (error: TealError) => void) {
  if (error instanceof TealError && error.code === "engine_unsupported") refuse(error);
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Stopped || error instanceof TealError ? grpc.status.UNAVAILABLE : grpc.status.UNKNOWN;
  return { code, details: message, message };
}

/** Numbers of `RESOURCE_MONITOR_FEATURE_*`: secrets, resource references, output values, alias specs, deletedWith. */
const features = ["secrets", "resourceReferences", "outputValues", "aliasSpecs", "deletedWith"];

function monitorService(
  deploying: Deploying,
  registrations: Registrations,
  parallel: number,
  atEnd: () => Promise<void>,
): Service {
  return {
    supportsFeature: (request: resourcepb.SupportsFeatureRequest) =>
      new resourcepb.SupportsFeatureResponse().setHassupport(features.includes(request.getId())),
    getDeploymentInfo: () => deploymentInfo(deploying, parallel),
    registerResource: async (request: WithProperties<resourcepb.RegisterResourceRequest>): Promise<ResourceAnswer> => {
      const goal = readGoal(request.message, request.properties());
      const { urn, id, outputs } = await registrations.register(goal);
      return { urn, id, properties: goal.custom ? outputs : {} };
    },
    readResource: async (request: WithProperties<resourcepb.ReadResourceRequest>): Promise<ResourceAnswer> => {
      const goal = readReadGoal(request.message, request.properties());
      const { urn, id, outputs } = await registrations.read({ goal, id: request.message.getId() });
      return { urn, id, properties: outputs };
    },
    registerResourceOutputs: async (request: WithProperties<resourcepb.RegisterResourceOutputsRequest>) => {
      await registrations.registerOutputs(request.message.getUrn(), request.properties());
      return new emptypb.Empty();
    },
    signalAndWaitForShutdown: async () => {
      await atEnd();
      return new emptypb.Empty();
    },
  };
}

function deploymentInfo(deploying: Deploying, parallel: number): resourcepb.DeploymentInfo {
  const info = new resourcepb.DeploymentInfo()
    .setProject(deploying.id.project)
    .setStack(deploying.id.stack)
    .setOrganization("organization")
    .setDryrun(deploying.preview)
    .setParallel(parallel);
  const { ResourceMonitorFeature: feature } = resourcepb;
  info.setSupportedfeaturesList([
    feature.RESOURCE_MONITOR_FEATURE_SECRETS,
    feature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
    feature.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
    feature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
    feature.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
  ]);
  for (const [key, value] of Object.entries(deploying.config)) info.getConfigMap().set(key, value);
  return info;
}

function readReadGoal(request: resourcepb.ReadResourceRequest, properties: PropertyMap): Goal {
  const registration = new resourcepb.RegisterResourceRequest()
    .setType(request.getType())
    .setName(request.getName())
    .setParent(request.getParent())
    .setCustom(true)
    .setDependenciesList(request.getDependenciesList())
    .setProvider(request.getProvider())
    .setVersion(request.getVersion())
    .setAdditionalsecretoutputsList(request.getAdditionalsecretoutputsList());
  return readGoal(registration, properties);
}

const severities: readonly Severity[] = ["debug", "info", "warning", "error"];

function engineService(deploying: Deploying): Service {
  const { project, stack } = deploying.id;
  let root = makeUrn(deploying.id, undefined, "pulumi:pulumi:Stack", `${project}-${stack}`);
  return {
    log: (request: enginepb.LogRequest | undefined) => {
      if (!request) return new emptypb.Empty();
      deploying.reporter.diagnostic({
        urn: request.getUrn(),
        severity: severities[request.getSeverity()] ?? "info",
        message: request.getMessage(),
        ephemeral: request.getEphemeral(),
        streamId: request.getStreamid(),
      });
      return new emptypb.Empty();
    },
    getRootResource: () => new enginepb.GetRootResourceResponse().setUrn(root),
    setRootResource: (request: enginepb.SetRootResourceRequest) => {
      root = request.getUrn();
      return new enginepb.SetRootResourceResponse();
    },
    startDebugging: () => new emptypb.Empty(),
    requirePulumiVersion: () => new enginepb.RequirePulumiVersionResponse(),
  };
}
