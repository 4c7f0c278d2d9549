/** What a resource is given: the program's properties, less what it wants ignored, as the provider takes them. */
import type { Provider } from "../providers/provider.ts";
import type { ResourceState } from "../state/resource.ts";
import { isProviderType } from "../state/urn.ts";
import { isPath, parsePath, resetAt } from "../values/path.ts";
import { hasSecrets, type PropertyMap, type Value } from "../values/property.ts";
import { callContext, type Deploying } from "./context.ts";
import { PlanError } from "./failure.ts";
import type { Goal } from "./goal.ts";
import { identity } from "./plans.ts";
import { checkProvider } from "./providerResources.ts";

/** Has the provider complete and judge them. What it finds wrong is told. */
export async function checkInputs(
  deploying: Deploying,
  goal: Goal,
  draft: ResourceState,
  olds: PropertyMap | undefined,
  news: PropertyMap,
  provider: Provider | undefined,
): Promise<PropertyMap> {
  if (isProviderType(goal.type)) return checkProvider(goal, news, deploying);
  if (!provider) return news;
  const result = await provider.check(identity(draft), olds, news, callContext(deploying, draft.urn));
  if (result.failures.length === 0) return result.inputs;
  for (const { property, reason } of result.failures) {
    const at = property && `: property ${property} value ${shown(news[property])}`;
    const message = `${draft.type} resource '${goal.name}'${at} has a problem: ${reason}`;
    deploying.reporter.diagnostic({ urn: draft.urn, severity: "error", message });
  }
  throw new PlanError("", "");
}

/** A value at fault, as text; never a secret. */
function shown(value: Value | undefined): string {
  if (value === undefined) return "{<nil>}";
  return hasSecrets(value) ? "[secret]" : `{${typeof value === "string" ? value : JSON.stringify(value)}}`;
}

/** The inputs with what is to be ignored as it was; says where that can't be done. */
export function withIgnored(deploying: Deploying, urn: string, goal: Goal, old: ResourceState): PropertyMap {
  const impossible: string[] = [];
  const inputs = goal.ignoreChanges.filter(isPath).reduce<PropertyMap>((value, path) => {
    const { value: reset, complete } = resetAt(value, old.inputs, parsePath(path));
    if (!complete) impossible.push(path);
    return reset as PropertyMap;
  }, goal.properties);
  if (impossible.length > 0) {
    const paths = JSON.stringify(impossible.join(", "));
    const message = `cannot ignore changes in added or removed elements of the path: ${paths}`;
    deploying.reporter.diagnostic({ urn, severity: "info", message });
  }
  return inputs;
}
