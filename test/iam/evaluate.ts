/** A policy document of AWS, as JSON has it. */
export interface Document {
  Statement: Statement[];
}

export interface Statement {
  Effect: string;
  Principal?: "*" | Record<string, string | string[]>;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

export interface Attempt {
  action: string;
  /** ARN; in a role's trust and a resource's own policy there may be none. */
  resource: string;
  /** Who tries: ARN of a role, name of a service (`pods.eks.amazonaws.com`), or ARN of an identity provider. */
  principal: string;
  /** What AWS knows of the request, by condition key. */
  context: Record<string, string | string[]>;
}

export interface Policies {
  /** What is attached to who tries. */
  identity: readonly Document[];
  /** The policy of what it is tried on, where that has one of its own. */
  resource?: Document;
  /** A key lets nobody use it whom its own policy says nothing of, whatever theirs say. */
  resourceDecides?: boolean;
}

/**
 * Whether AWS would let it happen within one account, as its documents on evaluation logic say: what is denied anywhere is denied, and what
 * nobody allows is, too. A resource that allows an account's root leaves it to the policies of that account's identities.
 * Throws on whatever it doesn't know, so that no test passes for an operator that was never looked at.
 */
export function isAllowed({ identity, resource, resourceDecides = false }: Policies, attempt: Attempt): boolean {
  const own = identity.flatMap(({ Statement }) => Statement).filter((one) => applies(one, attempt));
  const others = (resource?.Statement ?? []).filter((one) => applies(one, attempt));
  const here = others.filter(({ Principal }) => names(Principal, attempt.principal));
  const rooted = others.filter(({ Principal }) => namesRootOf(Principal, attempt.principal));
  if ([...own, ...here, ...rooted].some(({ Effect }) => Effect === "Deny")) return false;
  const allows = (statements: Statement[]) => statements.some(({ Effect }) => Effect === "Allow");
  if (allows(here)) return true;
  return allows(own) && (!resourceDecides || allows(rooted));
}

function applies(statement: Statement, { action, resource, context }: Attempt): boolean {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const acts = one(Action, NotAction, (pattern) => matches(pattern.toLowerCase(), action.toLowerCase()));
  // A role's trust names no resource.
  const there =
    Resource === undefined && NotResource === undefined
      ? true
      : one(Resource, NotResource, (pattern) => matches(pattern, resource));
  return acts && there && Object.entries(Condition).every(([operator, keys]) => holds(operator, keys, context));
}

function one(
  these: string | string[] | undefined,
  butThese: string | string[] | undefined,
  fits: (pattern: string) => boolean,
) {
  if (these !== undefined) return [these].flat().some(fits);
  if (butThese !== undefined) return ![butThese].flat().some(fits);
  throw new Error("A statement says neither what it is about nor what it is not about.");
}

const operators: Record<string, (wanted: string, found: string) => boolean> = {
  StringEquals: (wanted, found) => wanted === found,
  StringLike: matches,
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  Bool: (wanted, found) => wanted === found,
};

function holds(operator: string, keys: Record<string, string | string[]>, context: Attempt["context"]): boolean {
  if (operator === "Null")
    return Object.entries(keys).every(([key, wanted]) => [wanted].flat().includes(String(context[key] === undefined)));
  const ifExists = operator.endsWith("IfExists");
  const ofAll = operator.startsWith("ForAllValues:");
  const plain = operator.replace(/^ForAllValues:/, "").replace(/IfExists$/, "");
  const negated = plain.includes("Not");
  const compare = operators[plain.replace("Not", "")];
  if (!compare) throw new Error(`Nobody has taught the evaluator what ${operator} means.`);
  return Object.entries(keys).every(([key, wanted]) => {
    const found = context[key];
    // What is missing equals nothing, so that a negated condition holds.
    if (found === undefined) return ifExists || negated || ofAll;
    if (Array.isArray(found) && !ofAll)
      throw new Error(`${key} has many values: expected ForAllValues, got ${operator}.`);
    return [found].flat().every((one) => [wanted].flat().some((value) => compare(value, one)) !== negated);
  });
}

function names(principal: Statement["Principal"], who: string): boolean {
  if (principal === undefined) return false;
  if (principal === "*") return true;
  return Object.values(principal)
    .flat()
    .some((named) => named === "*" || named === who);
}

function namesRootOf(principal: Statement["Principal"], who: string): boolean {
  const account = /^arn:aws:(?:iam|sts)::(\d{12}):/.exec(who)?.[1];
  if (account === undefined || typeof principal !== "object") return false;
  return Object.values(principal)
    .flat()
    .some((named) => named === `arn:aws:iam::${account}:root` || named === account);
}

/** `*` stands for any characters, slashes and colons among them, and `?` for one. */
export function matches(pattern: string, text: string): boolean {
  const parts = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${parts}$`, "s").test(text);
}

/** Each of an ARN's six parts for itself. */
function matchesArn(pattern: string, arn: string): boolean {
  const [wanted, found] = [partsOf(pattern), partsOf(arn)];
  return wanted.every((part, index) => matches(part, found[index] ?? ""));
}

function partsOf(arn: string): string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}
