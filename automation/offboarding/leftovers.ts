import type { KeptThing } from "../../model/offboarding.ts";

/** Whose things are looked for. */
export interface Gone {
  environment: string;
  id: string;
}

/** What was found of a tenant that should have nothing any more. */
export interface Looked {
  /** Each in words, with what names it. */
  left: string[];
  /** What is on its way out, at a time that is known or once the retention is over, and costs nothing until then; or what is not Teal's to delete. */
  kept: KeptThing[];
}

/** A place where something of a tenant could be left, and cost money. Only looks. */
export interface Place {
  /** For the record, such as `the cluster's volumes`. */
  name: string;
  look(of: Gone): Promise<Looked>;
}

export interface Found extends Looked {
  checked: string[];
}

/** Looks in all places. */
export async function lookForLeftovers(places: readonly Place[], of: Gone): Promise<Found> {
  const found = await Promise.all(places.map((place) => place.look(of)));
  return {
    left: found.flatMap(({ left }) => left),
    kept: found.flatMap(({ kept }) => kept),
    checked: places.map(({ name }) => name),
  };
}
