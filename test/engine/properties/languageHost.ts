/**
 * Runs random programs as the Automation API runs inline ones: a language runtime that talks to the monitor by gRPC. It
 * registers each resource as soon as what it needs is there, as the SDK does, but leaves nothing behind when a run breaks off.
 */
import grpc from "@grpc/grpc-js";
import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import aliaspb from "@pulumi/pulumi/proto/alias_pb.js";
import languagerpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import languagepb from "@pulumi/pulumi/proto/language_pb.js";
import resourcerpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resourcepb from "@pulumi/pulumi/proto/resource_pb.js";
import { emptypb, structpb } from "../../../engine/protobuf.ts";
import { signatureKey, signatures, unknownMarker } from "../../../engine/values/signatures.ts";
import { thingType } from "./memoryPackage.ts";
import { hasFixedName, type Program, type ResourceSpec } from "./program.ts";

type Json = string | number | boolean | { readonly [key: string]: Json };

interface Registered {
  readonly urn: string;
  readonly id: string;
  readonly outputs: Readonly<Record<string, Json>>;
}

const typeOf = { thing: thingType, component: "test:index:Group", provider: "pulumi:providers:mem" } as const;

export interface LanguageHost {
  /** For `--client`. */
  readonly address: string;
  /** What the next runs register. */
  program: Program;
  /** Breaks off whatever run goes on: its engine is no more. */
  abandon(): void;
  close(): void;
}

/** To be called when a command has been made: engines call programs of their own thread without a detour. */
export async function startLanguageHost(): Promise<LanguageHost> {
  const server = new grpc.Server();
  const clients = new Set<resourcerpc.ResourceMonitorClient>();
  const abandon = () => {
    for (const client of clients) client.close();
    clients.clear();
  };
  const host = { program: [] as Program, abandon };
  const run = (
    { request }: { request: languagepb.RunRequest },
    answer: (error: null, response: languagepb.RunResponse) => void,
  ) => {
    const client = new resourcerpc.ResourceMonitorClient(
      request.getMonitorAddress(),
      grpc.credentials.createInsecure(),
      {
        "grpc.use_local_subchannel_pool": 1,
      },
    );
    clients.add(client);
    register(client, request, host.program)
      // A registration that fails ends the run; the engine has told why.
      .catch(() => undefined)
      .then(() => {
        clients.delete(client);
        client.close();
        answer(null, new languagepb.RunResponse());
      })
      .catch(() => undefined);
  };
  server.addService(languagerpc.LanguageRuntimeService, { run } as unknown as UntypedServiceImplementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return Object.assign(host, { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() });
}

/** A resource did not come, and the engine goes on with the others all the same. */
class Failed extends Error {}

async function register(
  client: resourcerpc.ResourceMonitorClient,
  request: languagepb.RunRequest,
  program: Program,
): Promise<void> {
  const stack = new resourcepb.RegisterResourceRequest()
    .setType("pulumi:pulumi:Stack")
    .setName(`${request.getProject()}-${request.getStack()}`)
    .setObject(structpb.Struct.fromJavaScript({}));
  const root = await send(client, stack);
  const running = new Map<number, Promise<Registered>>();
  for (const spec of program) running.set(spec.uid, registerOne(client, root, spec, running, request.getDryrun()));
  const ends = await Promise.allSettled(running.values());
  if (ends.some((end) => end.status === "rejected" && !(end.reason instanceof Failed))) return;
  const outputs = new resourcepb.RegisterResourceOutputsRequest().setUrn(root.urn);
  outputs.setOutputs(structpb.Struct.fromJavaScript({ resources: program.length }));
  await call((done) => client.registerResourceOutputs(outputs, done));
  await call((done) => client.signalAndWaitForShutdown(new emptypb.Empty(), done));
}

async function registerOne(
  client: resourcerpc.ResourceMonitorClient,
  root: Registered,
  spec: ResourceSpec,
  running: ReadonlyMap<number, Promise<Registered>>,
  preview: boolean,
): Promise<Registered> {
  const get = async (uid: number | undefined) => (uid === undefined ? undefined : running.get(uid)!);
  const [link, bond, copy, container] = await Promise.all([spec.link, spec.bond, spec.copy, spec.container].map(get));
  const [parent, provider] = await Promise.all([get(spec.parent), get(spec.provider)]);
  const dependsOn = await Promise.all(spec.dependsOn.map((uid) => running.get(uid)!));
  const message = new resourcepb.RegisterResourceRequest()
    .setType(typeOf[spec.kind])
    .setName(spec.name)
    .setCustom(spec.kind !== "component")
    .setParent(parent?.urn ?? root.urn)
    .setProtect(spec.protect)
    .setRetainondelete(spec.retain)
    .setIgnorechangesList(spec.ignoreLabel ? ["label"] : [])
    .setReplaceonchangesList(spec.replaceOnLabel ? ["label"] : [])
    .setAdditionalsecretoutputsList(spec.secretEcho ? ["echo"] : [])
    .setAcceptsecrets(true)
    .setSupportsresultreporting(true);
  if (spec.deletedWith) message.setDeletedwith(container!.urn);
  if (provider) message.setProvider(`${provider.urn}::${provider.id || unknownMarker}`);
  if (spec.deleteBeforeReplace !== undefined)
    message.setDeletebeforereplacedefined(true).setDeletebeforereplace(spec.deleteBeforeReplace);
  message.setAliasesList(await aliases(spec, root, running));

  const idOf = (other: Registered) => other.id || unknownMarker;
  const properties = {
    link: link && idOf(link),
    bond: bond && idOf(bond),
    container: container && idOf(container),
    copy: copy && (copy.outputs["echo"] ?? (preview ? unknownMarker : "echo-missing")),
  };
  const needs = { link, bond, container, copy };
  message.setObject(structpb.Struct.fromJavaScript({ ...ownProperties(spec), ...given(properties) }));
  for (const [key, other] of Object.entries(given(needs)))
    message
      .getPropertydependenciesMap()
      .set(key, new resourcepb.RegisterResourceRequest.PropertyDependencies().setUrnsList([other.urn]));
  message.setDependenciesList([...new Set([...dependsOn, ...Object.values(given(needs))].map((other) => other.urn))]);
  return send(client, message);
}

function ownProperties(spec: ResourceSpec): Record<string, Json> {
  if (spec.kind === "component") return {};
  if (spec.kind === "provider") return { key: spec.key, value: spec.value };
  const token = { [signatureKey]: signatures.secret, value: `hush-${spec.uid}-${spec.token}` };
  const { value, key, label } = spec;
  return { value, key, label, token, ...(hasFixedName(spec) && { fixed: true }) };
}

function given<T>(map: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function aliases(
  spec: ResourceSpec,
  root: Registered,
  running: ReadonlyMap<number, Promise<Registered>>,
): Promise<aliaspb.Alias[]> {
  return Promise.all(
    spec.aliases.map(async (former) => {
      const alias = new aliaspb.Alias.Spec();
      if ("name" in former) alias.setName(former.name);
      else alias.setParenturn(former.parent === null ? root.urn : (await running.get(former.parent)!).urn);
      return new aliaspb.Alias().setSpec(alias);
    }),
  );
}

async function send(
  client: resourcerpc.ResourceMonitorClient,
  message: resourcepb.RegisterResourceRequest,
): Promise<Registered> {
  const response = await call<resourcepb.RegisterResourceResponse>((done) => client.registerResource(message, done));
  if (response.getResult() !== resourcepb.Result.SUCCESS) throw new Failed(response.getUrn());
  return {
    urn: response.getUrn(),
    id: response.getId(),
    outputs: (response.getObject()?.toJavaScript() ?? {}) as Record<string, Json>,
  };
}

function call<T>(begin: (done: (error: grpc.ServiceError | null, response: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => begin((error, response) => (error ? reject(error) : resolve(response))));
}
