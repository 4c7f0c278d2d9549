import type { AdoptedService, Adopts } from "../../../model/adopted.ts";
import type { AdoptionPreview } from "../../../model/adopting.ts";
import { TealError } from "../../../model/errors.ts";
import type { Outside } from "../../probes/outside.ts";

/** What an adoption takes, and what a person should know of it. Pure. */

/** The one Service that all of the host names lead to. Throws `adoption_unsafe` where Teal's route would answer otherwise. */
export function inPlaceOf({ namespace, routes, elsewhere }: Outside, hostnames: readonly string[]): AdoptedService {
  const problems = hostnames.flatMap((hostname) => {
    const having = routes.filter((route) => route.hostnames.includes(hostname));
    if (elsewhere.includes(hostname)) return [`${hostname} is in a route of another namespace as well`];
    if (having.length > 1) return [`${hostname} is in ${having.length} routes (${having.map(nameOf).join(", ")})`];
    return having.flatMap(({ name, whyNot }) => (whyNot === undefined ? [] : [`HTTPRoute ${name}: ${whyNot}`]));
  });
  if (problems.length > 0) throw unlike(namespace, [...new Set(problems)]);
  const leads = routes
    .filter((route) => route.hostnames.some((hostname) => hostnames.includes(hostname)))
    .map(({ leadsTo }) => leadsTo!);
  const [first] = leads;
  const others = new Set(leads.map(({ service, port }) => `${service}:${port}`));
  if (!first || others.size > 1)
    throw unlike(namespace, [
      `its host names lead to several Services (${[...others].join(", ")}): adopt those of one`,
    ]);
  return { namespace, ...first };
}

const nameOf = ({ name }: { name: string }): string => name;

export function takenFrom(
  { routes }: AdoptionPreview["found"],
  hostnames: readonly string[],
): AdoptionPreview["takes"] {
  return routes.flatMap((route) => {
    const taken = route.hostnames.filter((hostname) => hostnames.includes(hostname));
    const removed = taken.length === route.hostnames.length;
    return taken.length === 0 ? [] : [{ route: route.name, hostnames: taken, removed }];
  });
}

export function notesInPlace(
  { namespace, claims }: Outside,
  { service, port }: Adopts,
  takes: AdoptionPreview["takes"],
) {
  const given = takes.map(({ route, hostnames, removed }) =>
    removed
      ? `HTTPRoute ${route} is removed, once Teal's own is in force (${hostnames.join(", ")}).`
      : `HTTPRoute ${route} keeps its other host names, but for ${hostnames.join(", ")}.`,
  );
  return [
    `Service ${namespace}/${service}:${port} becomes the live slot as it is: no pod restarts. A ReferenceGrant is all that is made in ${namespace}.`,
    ...given,
    ...(takes.length > 0
      ? [
          "Offboarding the tenant before its first rollout gives the host names back. Whatever made those routes (Helm, GitOps) is not to make them anew; policies of the gateway that name them do not apply to Teal's.",
        ]
      : [
          "The routes there keep their host names until somebody removes them: until then rollouts move none of their requests.",
        ]),
    ...(claims.length > 0 ? [`No release sees what pods there keep on ${claims.join(", ")}.`] : []),
    `Pods there are not Teal's: they stay when a release has replaced them, until somebody removes them.`,
  ];
}

export function notesBeside({ namespace, routes, claims }: Outside): string[] {
  const names = routes.map(nameOf).join(", ");
  return [
    `Nothing in namespace ${namespace} is changed. Its routes are older, and keep their requests until they are removed (${names}); then Teal's gets them.`,
    ...(claims.length > 0
      ? [
          `Data is not taken along: pods there keep some on ${claims.join(", ")}. Move it before the routes are removed.`,
        ]
      : []),
  ];
}

function unlike(namespace: string, problems: readonly string[]): TealError {
  const message = `Teal's route would not answer as those in ${namespace} do: ${problems.join("; ")}. Adopt others (hostnames), or have a copy made beside (release).`;
  return new TealError("adoption_unsafe", message, { data: { namespace, problems } });
}
