import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { parseAllDocuments } from "yaml";

/** A Kubernetes object, as YAML has it. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, unknown>;
  };
  [field: string]: unknown;
}

/** All objects of a YAML file. */
export function readDocuments(path: string): KubernetesObject[] {
  return parseAllDocuments(readFileSync(path, "utf8")).map((document) => document.toJS() as KubernetesObject);
}

/** The object as a resource, named after its kind and name. */
export function resourceOf(object: KubernetesObject, options: pulumi.CustomResourceOptions): pulumi.CustomResource {
  const name = `${object.kind}-${object.metadata.name}`;
  const { apiVersion, kind, ...args } = object;
  // Pulumi's names for the core group differ from Kubernetes': these two are all of it that is needed here.
  if (apiVersion === "v1" && kind === "ConfigMap") return new ConfigMap(name, args as never, options);
  if (apiVersion === "v1" && kind === "ServiceAccount") return new ServiceAccount(name, args as never, options);
  return new CustomResource(name, { apiVersion, kind, ...args } as never, options);
}
