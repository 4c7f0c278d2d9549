import type { Color } from "./color.ts";
import type { Layout } from "./layout.ts";

/** A Service that Teal has not made, in a namespace that it has not made. */
export interface AdoptedService {
  namespace: string;
  service: string;
  port: number;
}

/** One that serves as the copy of a color. */
export interface Adopted extends AdoptedService {
  color: Color;
}

/** What an adoption begins with. */
export interface Adopts extends AdoptedService {
  /** Host names to take from the routes of that namespace; empty: a person does that. */
  takes: string[];
}

export function adopted({ namespace, service, port }: Adopts, color: Color): Adopted {
  return { color, namespace, service, port };
}

/** Whether the color with the traffic has no copy of Teal's: no release has ever run for the tenant. */
export function adoptedIsLive({ adopted: one, live }: Pick<Layout, "adopted" | "live">): boolean {
  return one !== undefined && one.color === live;
}

/** Without what is adopted, where that is of a color that has something else now, or nothing any more. */
export function letGo<T extends Pick<Layout, "adopted">>(layout: T, goes: (color: Color) => boolean): T {
  const { adopted: one, ...others } = layout;
  return one && goes(one.color) ? (others as T) : layout;
}
