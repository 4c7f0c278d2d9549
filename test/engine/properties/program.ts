/** Random programs as plain data: resources with properties, edges and options, and edits that lead to the next version. */

export type Kind = "thing" | "component" | "provider";

/** Edges are by `uid`, and only to resources that come before. */
export interface ResourceSpec {
  /** Stays when all else is edited. */
  readonly uid: number;
  readonly kind: Kind;
  readonly name: string;
  /** Updated in place. */
  readonly value: number;
  /** Another one takes another object; for a provider, another place for all that it made. */
  readonly key: number;
  /** Updated in place, unless `ignoreLabel` or `replaceOnLabel`. */
  readonly label: number;
  readonly token: number;
  /** The other's id; updated in place. */
  readonly link?: number | undefined;
  /** The other's id; another one takes another object. */
  readonly bond?: number | undefined;
  /** The other's output. */
  readonly copy?: number | undefined;
  /** The object in which this one lies, and with which it goes. */
  readonly container?: number | undefined;
  readonly dependsOn: readonly number[];
  readonly parent?: number | undefined;
  readonly provider?: number | undefined;
  readonly aliases: readonly FormerName[];
  readonly deletedWith: boolean;
  readonly protect: boolean;
  readonly retain: boolean;
  readonly deleteBeforeReplace: boolean | undefined;
  readonly ignoreLabel: boolean;
  readonly replaceOnLabel: boolean;
  readonly secretEcho: boolean;
}

export type FormerName = { readonly name: string } | { readonly parent: number | null };

export type Program = readonly ResourceSpec[];

export const editKinds = [
  "value",
  "key",
  "label",
  "token",
  "add",
  "remove",
  "rename",
  "renameUnknown",
  "reparent",
  "link",
  "bond",
  "copy",
  "container",
  "dependsOn",
  "provider",
  "deletedWith",
  "protect",
  "retain",
  "deleteBeforeReplace",
  "ignoreLabel",
  "replaceOnLabel",
  "secretEcho",
  "dropAliases",
] as const;

export interface Edit {
  readonly kind: (typeof editKinds)[number];
  /** Which resource, counted round. */
  readonly at: number;
  /** What of it: a value, or which other resource. */
  readonly arg: number;
}

/** Objects of these have a name of their own, which two can't have at once: they are deleted before they are replaced. */
export const hasFixedName = (spec: ResourceSpec) => spec.uid % 3 === 0;

const nameOf = (uid: number, version = 0) => `r${String(uid).padStart(2, "0")}v${version}`;

export function newResource(uid: number, arg: number): ResourceSpec {
  const kind = arg % 7 === 3 ? "component" : arg % 7 === 5 ? "provider" : "thing";
  return {
    uid,
    kind,
    name: nameOf(uid),
    value: 0,
    key: 0,
    label: 0,
    token: 0,
    dependsOn: [],
    aliases: [],
    deletedWith: false,
    protect: false,
    retain: false,
    deleteBeforeReplace: undefined,
    ignoreLabel: false,
    replaceOnLabel: false,
    secretEcho: false,
  };
}

/** Applies edits one after the other. Those that make no sense where they fall change nothing. */
export function edited(program: Program, edits: readonly Edit[]): Program {
  return edits.reduce<Program>((made, edit) => sensible(apply(made, edit)), program);
}

function apply(program: Program, { kind, at, arg }: Edit): Program {
  if (kind === "add")
    return [...program, newResource(Math.max(-1, ...program.map(({ uid }) => uid)) + 1 + (arg % 2), at)];
  if (program.length === 0) return program;
  const index = at % program.length;
  const spec = program[index]!;
  if (kind === "remove") return program.filter((other) => other !== spec);
  const others = program.slice(0, index);
  const changed = { ...spec, ...change(spec, kind, arg, others) };
  return program.map((other) => (other === spec ? changed : other));
}

function change(spec: ResourceSpec, kind: Edit["kind"], arg: number, others: Program): Partial<ResourceSpec> {
  const other = arg % 4 === 3 || others.length === 0 ? undefined : others[arg % others.length]!.uid;
  switch (kind) {
    case "value":
    case "key":
    case "label":
    case "token":
      return { [kind]: arg % 5 };
    case "link":
    case "bond":
    case "copy":
    case "container":
    case "provider":
      return { [kind]: other };
    case "reparent":
      return { parent: other, aliases: [...spec.aliases, { parent: spec.parent ?? null }] };
    case "dependsOn":
      return { dependsOn: other === undefined ? [] : [...new Set([...spec.dependsOn, other])] };
    case "rename":
      return { name: renamed(spec, arg), aliases: [...spec.aliases, { name: spec.name }] };
    case "renameUnknown":
      return { name: renamed(spec, arg), aliases: [] };
    case "dropAliases":
      return { aliases: [] };
    case "deleteBeforeReplace":
      return { deleteBeforeReplace: [undefined, true, false][arg % 3] };
    case "deletedWith":
    case "protect":
    case "retain":
    case "ignoreLabel":
    case "replaceOnLabel":
    case "secretEcho":
      return { [kind]: arg % 2 === 0 };
    default:
      return {};
  }
}

const renamed = (spec: ResourceSpec, arg: number) =>
  nameOf(spec.uid, (Number(spec.name.split("v")[1]) + 1 + arg) % 100);

/** Drops edges that lead nowhere, and options that a real program could not have. */
function sensible(program: Program): Program {
  const before = new Map<number, ResourceSpec>();
  return program.map((spec) => {
    const to = (uid: number | undefined, kind: Kind) =>
      uid !== undefined && before.get(uid)?.kind === kind ? uid : undefined;
    const thing = spec.kind === "thing";
    const container = thing ? to(spec.container, "thing") : undefined;
    const made: ResourceSpec = {
      ...spec,
      link: thing ? to(spec.link, "thing") : undefined,
      bond: thing ? to(spec.bond, "thing") : undefined,
      copy: thing ? to(spec.copy, "thing") : undefined,
      container,
      provider: thing ? to(spec.provider, "provider") : undefined,
      parent: to(spec.parent, "component"),
      dependsOn: spec.dependsOn.filter((uid) => before.has(uid) && before.get(uid)!.kind !== "component"),
      aliases: spec.aliases.filter((alias) => "name" in alias || alias.parent === null || before.has(alias.parent)),
      deletedWith: spec.deletedWith && container !== undefined,
      // A retained object keeps its name: another of that name could not be made.
      retain: spec.retain && thing && !hasFixedName(spec),
      protect: spec.protect && thing,
      deleteBeforeReplace: hasFixedName(spec) || !thing ? undefined : spec.deleteBeforeReplace,
    };
    before.set(spec.uid, made);
    return made;
  });
}
