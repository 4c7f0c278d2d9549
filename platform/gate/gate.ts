import { z } from "zod";
import { protectedTypes } from "../protection.ts";

/** What is read of `pulumi preview --json`: https://www.pulumi.com/docs/iac/cli/commands/pulumi_preview/ */
const preview = z.object({
  steps: z
    .array(
      z.object({
        op: z.string(),
        urn: z.string(),
        replaceReasons: z.array(z.string()).nullish(),
      }),
    )
    .default([]),
});

/** What ends while something else takes its place. */
const ending = ["delete", "replace", "delete-replaced", "create-replacement"];
/** Besides what is protected: what takes running pods or requests with it, though it can be made again. */
const cutting = [
  "aws:eks/nodeGroup:NodeGroup",
  "aws:eks/fargateProfile:FargateProfile",
  "aws:eks/addon:Addon",
  "kubernetes:core/v1:Namespace",
  "kubernetes:gateway.networking.k8s.io/v1:Gateway",
  "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams",
  "kubernetes:networking.k8s.io/v1:IngressClass",
  "kubernetes:networking.k8s.io/v1:Ingress",
];

/**
 * Why a preview of the platform is not to be carried out as it is: one line for each resource that would be deleted or replaced
 * though tenants stand on it. Throws where it is no preview at all.
 */
export function refusals(json: unknown): string[] {
  const { steps } = preview.parse(json);
  const seen = new Set<string>();
  return steps.flatMap(({ op, urn, replaceReasons }) => {
    if (!ending.includes(op) || seen.has(urn)) return [];
    const type = typeOf(urn);
    if (!([...protectedTypes, ...cutting] as string[]).includes(type)) return [];
    seen.add(urn);
    const why = replaceReasons?.length ? ` (${replaceReasons.join(", ")} can't be changed in place)` : "";
    return [`${type}::${urn.split("::").at(-1)!} would be ${op === "delete" ? "deleted" : "replaced"}${why}`];
  });
}

/** `urn:pulumi:<stack>::<project>::<parent's type>$<type>::<name>` */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
