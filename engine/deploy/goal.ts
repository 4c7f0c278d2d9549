/** What a program wants of one resource: a registration, read from its request. */
import type { Alias as AliasMessage } from "@pulumi/pulumi/proto/alias_pb.js";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { parseDuration, type CustomTimeouts } from "../state/resource.ts";
import { unsupported } from "../unsupported.ts";
import type { PropertyMap, Value } from "../values/property.ts";
import { fromStruct } from "../values/struct.ts";
import { isProviderType, packageOf, parseProviderReference, urnType } from "../state/urn.ts";
import { structpb } from "../protobuf.ts";
import type { Alias } from "./aliases.ts";

export interface Goal {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string;
  readonly properties: PropertyMap;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** `<urn>::<id>`; empty asks for the package's default provider. */
  readonly provider: string;
  readonly version: string;
  /** Not set means: as the parent has it. */
  readonly protect: boolean | undefined;
  readonly retainOnDelete: boolean | undefined;
  readonly deletedWith: string;
  readonly replaceWith: readonly string[];
  readonly replacementTrigger: Value;
  readonly deleteBeforeReplace: boolean | undefined;
  readonly ignoreChanges: readonly string[];
  readonly hideDiffs: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly Alias[];
  readonly customTimeouts: CustomTimeouts | undefined;
}

export function readGoal(request: RegisterResourceRequest, properties: PropertyMap): Goal {
  refuseUnsupported(request);
  const timeouts = request.getCustomtimeouts();
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: request.getParent(),
    properties,
    dependencies: request.getDependenciesList(),
    propertyDependencies: readPropertyDependencies(request),
    provider: request.getProvider(),
    version: request.getVersion(),
    protect: request.hasProtect() ? request.getProtect() : undefined,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deletedWith: request.getDeletedwith(),
    replaceWith: request.getReplaceWithList(),
    replacementTrigger: readTrigger(request),
    deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    hideDiffs: request.getHidediffsList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: [...request.getAliasurnsList().map((urn) => ({ urn })), ...request.getAliasesList().map(readAlias)],
    customTimeouts: timeouts && {
      create: parseDuration(timeouts.getCreate()),
      update: parseDuration(timeouts.getUpdate()),
      delete: parseDuration(timeouts.getDelete()),
      read: parseDuration(timeouts.getRead()),
    },
  };
}

function readTrigger(request: RegisterResourceRequest): Value {
  const value = request.getReplacementTrigger();
  if (!value) return null;
  const struct = new structpb.Struct();
  struct.getFieldsMap().set("trigger", value);
  return fromStruct(struct)["trigger"] ?? null;
}

/** What a child has of its parent, where it says nothing else. */
export function inheriting(goal: Goal, parent: Goal | undefined): Goal {
  if (!parent) return goal;
  return {
    ...goal,
    protect: goal.protect ?? parent.protect,
    retainOnDelete: goal.retainOnDelete ?? parent.retainOnDelete,
    deletedWith: goal.deletedWith || parent.deletedWith,
    provider: goal.provider || inheritedProvider(goal, parent),
  };
}

function inheritedProvider(goal: Goal, parent: Goal): string {
  if (!parent.provider || !goal.custom || isProviderType(goal.type)) return "";
  const type = urnType(parseProviderReference(parent.provider).urn);
  return packageOf(type) === packageOf(goal.type) ? parent.provider : "";
}

/** Features that the program asks for and this engine leaves to the CLI's. */
function refuseUnsupported(request: RegisterResourceRequest): void {
  const of = ` (resource ${request.getName()})`;
  if (request.getRemote()) throw unsupported(`remote components${of}`);
  if (request.getImportid()) throw unsupported(`importing resources by option${of}`);
  if (request.getTransformsList().length > 0) throw unsupported(`transforms${of}`);
  if (request.hasHooks()) throw unsupported(`resource hooks${of}`);
  if (request.getPackageref()) throw unsupported(`parameterized packages${of}`);
  if (request.getPlugindownloadurl()) throw unsupported(`plugin download addresses${of}`);
  if (request.getStateMigrationsList().length > 0) throw unsupported(`state migrations${of}`);
  if (request.getEnvvarmappingsMap().getLength() > 0) throw unsupported(`environment variables of providers${of}`);
}

function readPropertyDependencies(request: RegisterResourceRequest): Record<string, string[]> {
  const read: Record<string, string[]> = {};
  for (const [key, dependencies] of request.getPropertydependenciesMap().entries())
    read[key] = dependencies.getUrnsList();
  return read;
}

function readAlias(alias: AliasMessage): Alias {
  const spec = alias.getSpec();
  if (!spec) return { urn: alias.getUrn() };
  return {
    name: spec.getName(),
    type: spec.getType(),
    stack: spec.getStack(),
    project: spec.getProject(),
    parent: spec.getNoparent() ? null : spec.getParenturn(),
  };
}
