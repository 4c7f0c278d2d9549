import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { policiesDirectory } from "../support/policies.ts";

export interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

export interface ClusterRole {
  apiVersion: string;
  kind: "ClusterRole";
  metadata: { name: string };
  rules: Rule[];
}

/** The ClusterRole that is in the file of that name among the cluster's policies. */
export function roleIn(file: string): ClusterRole {
  const documents = parseAllDocuments(readFileSync(join(policiesDirectory, file), "utf8"));
  return documents.map((document) => document.toJS() as ClusterRole).find(({ kind }) => kind === "ClusterRole")!;
}

/** All that a role gives, one right each: `get apps/deployments`. */
export function rightsIn({ rules }: ClusterRole): string[] {
  return rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) => resources.flatMap((what) => verbs.map((verb) => `${verb} ${group}/${what}`))),
  );
}
