/** The gRPC services that a program talks to: the resource monitor and the engine. */
import grpc from "@grpc/grpc-js";
import type { ServiceDefinition } from "@grpc/grpc-js";
import enginerpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import enginepb from "@pulumi/pulumi/proto/engine_pb.js";
import resourcerpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resourcepb from "@pulumi/pulumi/proto/resource_pb.js";
import type { TealError } from "../../model/errors.ts";
import type { Severity } from "../events/event.ts";
import { emptypb } from "../protobuf.ts";
import { makeUrn } from "../state/urn.ts";
import type { PropertyMap } from "../values/property.ts";
import { fromStruct, toStruct } from "../values/struct.ts";
import type { Deploying } from "./context.ts";
import { readGoal, type Goal } from "./goal.ts";
import {
  withoutDebugMessages,
  withPropertiesApart,
  withPropertiesInMessages,
  type ResourceAnswer,
  type WithProperties,
} from "./messages.ts";
import type { Failure } from "./failure.ts";
import type { FunctionCall } from "./invoking.ts";
import type { ReadGoal, Registered } from "./registrations.ts";
import { addService, rpcs, type Handlers } from "./rpc.ts";
import { serveSameThread } from "./sameThread.ts";

/** Whoever takes what a program asks for. */
export interface Asked {
  register(goal: Goal): Promise<Registered>;
  read(goal: ReadGoal): Promise<Registered>;
  registerOutputs(urn: string, outputs: PropertyMap): Promise<void>;
  invoke(call: FunctionCall): Promise<PropertyMap>;
  fail(failure: Failure): void;
}

export interface Monitor {
  readonly address: string;
  close(): void;
}

/**
 * Serves a program at an address of its own, and without a detour if it runs in this thread. `atEnd` is called when the
 * program has registered all it wants.
 */
export async function serveMonitor(
  deploying: Deploying,
  registrations: Asked,
  parallel: number,
  atEnd: () => Promise<void>,
): Promise<Monitor> {
  const refuse = (error: TealError) => registrations.fail({ kind: "refused", error });
  const monitorDefinition = withPropertiesApart(resourcerpc.ResourceMonitorService as unknown as ServiceDefinition);
  const monitor = rpcs(monitorDefinition, monitorService(deploying, registrations, parallel, atEnd), refuse);
  const engineDefinition = withoutDebugMessages(enginerpc.EngineService as unknown as ServiceDefinition);
  const engine = rpcs(engineDefinition, engineService(deploying), refuse);

  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  addService(server, monitorDefinition, monitor);
  addService(
    server,
    deploying.reporter.debug ? (enginerpc.EngineService as unknown as ServiceDefinition) : engineDefinition,
    engine,
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const address = `127.0.0.1:${port}`;
  const end = serveSameThread(address, { monitor: withPropertiesInMessages(monitor), engine }, refuse);
  return {
    address,
    close: () => {
      end();
      server.forceShutdown();
    },
  };
}

/**
 * What a program may ask for. Transforms, hooks and other packages are among it, though this engine leaves them to the
 * CLI's: else the SDK would tell the user to get a newer CLI, rather than this engine which other to use.
 */
const features = [
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "replacementTrigger",
  "deletedWith",
  "replaceWith",
  "transforms",
  "invokeTransforms",
  "parameterization",
  "resourceHooks",
  "errorHooks",
];

function monitorService(
  deploying: Deploying,
  registrations: Asked,
  parallel: number,
  atEnd: () => Promise<void>,
): Handlers {
  return {
    supportsFeature: (request: resourcepb.SupportsFeatureRequest) =>
      new resourcepb.SupportsFeatureResponse().setHassupport(features.includes(request.getId())),
    getDeploymentInfo: () => deploymentInfo(deploying, parallel),
    registerResource: async (request: WithProperties<resourcepb.RegisterResourceRequest>): Promise<ResourceAnswer> => {
      const goal = readGoal(request.message, request.properties());
      const { state, result, unknown } = await registrations.register(goal);
      return { urn: state.urn, id: state.id, properties: goal.custom ? state.outputs : {}, result, unknown };
    },
    readResource: async (request: WithProperties<resourcepb.ReadResourceRequest>): Promise<ResourceAnswer> => {
      const goal = readReadGoal(request.message, request.properties());
      const { state } = await registrations.read({ goal, id: request.message.getId() });
      return { urn: state.urn, id: state.id, properties: state.outputs };
    },
    registerResourceOutputs: async (request: WithProperties<resourcepb.RegisterResourceOutputsRequest>) => {
      await registrations.registerOutputs(request.message.getUrn(), request.properties());
      return new emptypb.Empty();
    },
    invoke: async (request: resourcepb.ResourceInvokeRequest) => {
      const [token, args] = [request.getTok(), fromStruct(request.getArgs())];
      const call = { token, args, provider: request.getProvider(), version: request.getVersion() };
      return new resourcepb.ResourceInvokeResponse().setReturn(toStruct(await registrations.invoke(call)));
    },
    signalAndWaitForShutdown: async () => {
      // Node tells the SDK of rejections that nobody waits for in between; soon it will not be listening any more.
      await new Promise((resolve) => setImmediate(resolve));
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
    feature.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER,
    feature.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
    feature.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
    feature.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
    feature.RESOURCE_MONITOR_FEATURE_INVOKE_TRANSFORMS,
    feature.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION,
    feature.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
    feature.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS,
    feature.RESOURCE_MONITOR_FEATURE_STATE_MIGRATIONS,
  ]);
  for (const [key, { value }] of Object.entries(deploying.config)) info.getConfigMap().set(key, value);
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

function engineService(deploying: Deploying): Handlers {
  const { project, stack } = deploying.id;
  let root = makeUrn(deploying.id, undefined, "pulumi:pulumi:Stack", `${project}-${stack}`);
  return {
    log: (request: enginepb.LogRequest | undefined) => {
      if (!request || (request.getSeverity() === enginepb.LogSeverity.DEBUG && !deploying.reporter.debug))
        return new emptypb.Empty();
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
