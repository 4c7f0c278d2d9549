import { z } from "zod";
import { type Color, colors } from "../../../model/color.ts";
import type { AlbRule } from "../../../tenant/plan/albRules.ts";
import { albPrefix } from "../../../tenant/plan/ingress.ts";

const values = z.object({ values: z.array(z.string()) });
const conditions = z.array(
  z.object({
    hostHeaderConfig: values.optional(),
    httpHeaderConfig: values.extend({ httpHeaderName: z.string() }).optional(),
    sourceIpConfig: values.optional(),
  }),
);
const action = z.union([
  z.object({ fixedResponseConfig: z.object({ statusCode: z.string() }) }),
  z.object({
    forwardConfig: z.object({ targetGroups: z.array(z.object({ serviceName: z.enum(colors), weight: z.number() })) }),
  }),
]);
const ingress = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).default({}) }),
  spec: z.object({
    rules: z.array(
      z.object({
        host: z.string(),
        http: z.object({
          paths: z.array(z.object({ backend: z.object({ service: z.object({ name: z.string() }) }) })).length(1),
        }),
      }),
    ),
  }),
});

/** The rules that the controller is to make of a tenant's Ingress, as it stands in the cluster. Throws where it is not one of Teal's. */
export function rulesWanted(object: unknown): AlbRule[] {
  const { metadata, spec } = ingress.parse(object);
  const read = (what: string, name: string): unknown => {
    const text = metadata.annotations[`${albPrefix}/${what}.${name}`];
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  };
  return spec.rules.map(({ host, http }) => {
    const { name } = http.paths[0]!.backend.service;
    const found = conditions.parse(read("conditions", name) ?? []);
    const header = found.find(({ httpHeaderConfig }) => httpHeaderConfig)?.httpHeaderConfig;
    const source = found.find(({ sourceIpConfig }) => sourceIpConfig)?.sourceIpConfig;
    return {
      hosts: [host, ...found.flatMap(({ hostHeaderConfig }) => hostHeaderConfig?.values ?? [])],
      ...(header && { header: { name: header.httpHeaderName, value: header.values.join(",") } }),
      ...(source && { source: source.values.join(",") }),
      action: actionOf(action.parse(read("actions", name))),
    };
  });
}

function actionOf(given: z.infer<typeof action>): AlbRule["action"] {
  if ("fixedResponseConfig" in given) return { status: Number(given.fixedResponseConfig.statusCode) };
  const { targetGroups } = given.forwardConfig;
  const weights = targetGroups.map(({ serviceName, weight }): [Color, number] => [serviceName, weight]);
  return { weights: Object.fromEntries(weights) };
}
