import { type Attempt, change, core, create, gateway, get, group, remove } from "./attempt.ts";

export const others: readonly Attempt[] = [
  get("read another tenant's Secrets", ({ other }) => core(other, "secrets")),
  get("read its settings", ({ other }) => core(other, "configmaps/blue-config")),
  get("read its pods' logs", ({ other }) => core(other, "pods/any/log")),
  create(
    "run a command in its pods",
    ({ other }) => core(other, "pods/any/exec?command=sh"),
    () => ({}),
  ),
  change(
    "change its settings",
    ({ other }) => core(other, "configmaps/blue-config"),
    () => ({ data: { greeting: "mine" } }),
  ),
  change(
    "send its traffic elsewhere",
    ({ other }) => group(gateway, other, "httproutes/app"),
    () => ({ spec: { hostnames: ["x.example.com"] } }),
  ),
  remove("remove its Deployment", ({ other }) => group("apps/v1", other, "deployments/blue-web")),
  get("list all tenants' namespaces", () => "/api/v1/namespaces"),
  create(
    "get a token of Teal's own",
    () => core("teal-system", "serviceaccounts/teal/token"),
    () => ({ apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} }),
  ),
];
