import type { Release } from "../../api/types.ts";
import { Address } from "../../parts/address.tsx";
import { At } from "../../parts/time.tsx";

/** Which commit and pipeline a release comes from, as the facts of a list. */
export function ProvenanceFacts({ provenance }: { provenance: NonNullable<Release["provenance"]> }) {
  const { commit, pipeline, repository, ref, builder, builtAt } = provenance;
  return (
    <>
      <dt>Commit</dt>
      <dd className="mono small breaks">
        {commit}
        {ref !== undefined && ` (${ref})`}
      </dd>
      {repository !== undefined && (
        <>
          <dt>Repository</dt>
          <dd className="small breaks">
            <Address text={repository} />
          </dd>
        </>
      )}
      <dt>Pipeline</dt>
      <dd className="small breaks">
        <Address text={pipeline} />
      </dd>
      {(builder !== undefined || builtAt !== undefined) && (
        <>
          <dt>Built</dt>
          <dd>
            {builder !== undefined && `by ${builder} `}
            {builtAt !== undefined && <At at={builtAt} />}
          </dd>
        </>
      )}
    </>
  );
}
