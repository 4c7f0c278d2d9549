import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemNote } from "./problem.tsx";
import { Skeleton } from "./note.tsx";

interface Props<T> {
  query: UseQueryResult<T>;
  /** What is loaded, in words: "the tenant". */
  what: string;
  lines?: number;
  children: (data: T) => ReactNode;
}

/** What a query gives; its skeleton until it does, and its problem when it can't. What is known stays while it is read again. */
export function Loaded<T>({ query, what, lines, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <ProblemNote error={query.error} onAgain={() => void query.refetch()} />;
  return <Skeleton what={what} {...(lines !== undefined && { lines })} />;
}
