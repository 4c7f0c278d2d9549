import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLocation } from "wouter";
import { kept, useKept } from "../api/keep.ts";
import { environmentsQuery } from "../api/queries.ts";
import type { Environment } from "../api/types.ts";

const last = kept("teal.environment", localStorage);
const inPath = /^\/environments\/([^/]+)/;

/** The environment that the address names, else the one that was looked at last, else the first. "" until they are known. */
export function useEnvironmentName(): string {
  const [path] = useLocation();
  const chosen = useKept(last);
  const { data } = useQuery(environmentsQuery);
  const named = inPath.exec(path)?.[1];
  useEffect(() => {
    if (named !== undefined && data?.some(({ name }) => name === named)) last.set(named);
  }, [named, data]);
  if (named !== undefined) return named;
  if (data?.some(({ name }) => name === chosen)) return chosen;
  return data?.[0]?.name ?? "";
}

export function useEnvironment(name: string): Environment | undefined {
  return useQuery(environmentsQuery).data?.find((environment) => environment.name === name);
}

/** Where the page that is shown has its counterpart in `other`; the fleet, where it has none. */
export function sameIn(path: string, other: string): string {
  last.set(other);
  const rest = path.replace(inPath, "");
  if (rest === path) return path;
  const section = /^\/(fleet|releases|calendar|policy|offboarded|start)/.exec(rest)?.[0] ?? "/fleet";
  return `/environments/${other}${section}`;
}
