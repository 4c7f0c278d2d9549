/** Unique resource names: `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`. */
export const stackType = "pulumi:pulumi:Stack";
export const stackReferenceType = "pulumi:pulumi:StackReference";
const providerPrefix = "pulumi:providers:";

export interface StackId {
  readonly stack: string;
  readonly project: string;
}

/** As checkpoints and the CLI name a stack in full: backends of files know one organization. */
export function fullName(id: StackId): string {
  return `organization/${id.project}/${id.stack}`;
}

export function makeUrn(in_: StackId, parent: string | undefined, type: string, name: string): string {
  const parentType = parent ? qualifiedType(parent) : "";
  const prefix = parentType === "" || parentType === stackType ? "" : `${parentType}$`;
  return `urn:pulumi:${in_.stack}::${in_.project}::${prefix}${type}::${name}`;
}

function parts(urn: string): string[] {
  return urn.slice("urn:pulumi:".length).split("::");
}

export function qualifiedType(urn: string): string {
  return parts(urn)[2] ?? "";
}

export function urnType(urn: string): string {
  return qualifiedType(urn).split("$").at(-1)!;
}

/** The resource's name; it may itself hold `::`. */
export function urnName(urn: string): string {
  return parts(urn).slice(3).join("::");
}

export function isProviderType(type: string): boolean {
  return type.startsWith(providerPrefix);
}

/** The package that a resource or provider type belongs to: `kubernetes` of `kubernetes:core/v1:Pod`. */
export function packageOf(type: string): string {
  return isProviderType(type) ? type.slice(providerPrefix.length) : type.slice(0, type.indexOf(":"));
}

export function providerType(package_: string): string {
  return providerPrefix + package_;
}

/** A provider as resources name theirs: `<urn>::<id>`. */
export interface ProviderReference {
  readonly urn: string;
  readonly id: string;
}

export function parseProviderReference(text: string): ProviderReference {
  const at = text.lastIndexOf("::");
  return { urn: text.slice(0, at), id: text.slice(at + 2) };
}

export function formatProviderReference(reference: ProviderReference): string {
  return `${reference.urn}::${reference.id}`;
}
