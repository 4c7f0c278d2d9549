import { isDeepStrictEqual } from "node:util";
import { TealError } from "../../../model/errors.ts";
import { hasDigest, type NewRelease } from "../../../model/release.ts";
import type { ReleaseView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import type { Queries } from "../../ledger/database.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { insertRelease } from "../../ledger/releases/insert.ts";
import { readRelease } from "../../ledger/releases/read.ts";
import type { ReleaseRow } from "../../ledger/schema.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { releaseView } from "../views.ts";
import { requireSource } from "./source.ts";

/** A version is one content for good: the same again is no change, another is refused. */
export async function registerCommand(
  deps: Deps,
  environment: string,
  release: NewRelease,
  call: Call,
): Promise<{ release: ReleaseView; created: boolean }> {
  requireEnvironment(deps, environment);
  requireDigest(deps.target, release);
  return once(deps.ledger, call, async (tx) => {
    const { version, image } = release;
    const { row, created } = await insertOrSame(tx, environment, release, call.actor);
    if (!created) return { release: releaseView(row), created };
    // Else whoever may register could go round the promotion.
    await requireSource(tx, deps, environment, null);
    const message = `${call.actor} registered release ${version} (${image}).`;
    const event = { operation: null, environment, tenant: null, type: "release_registered", message };
    const { provenance } = release;
    const data = { actor: call.actor, release: version, image, ...(provenance && { provenance }) };
    await appendEvents(tx, [{ ...event, data }]);
    return { release: releaseView(row), created };
  });
}

/**
 * The release as it is in the environment from now on, and whether it is new there. A pipeline that is run again for the same
 * commit has another address: the provenance that came first stays. Throws `release_exists`.
 */
export async function insertOrSame(
  tx: Queries,
  environment: string,
  release: NewRelease,
  actor: string,
): Promise<{ row: ReleaseRow; created: boolean }> {
  const inserted = await insertRelease(tx, environment, release, actor);
  if (inserted) return { row: inserted, created: true };
  const existing = await readRelease(tx, environment, release.version);
  const { provenance, ...spec } = release;
  const same = isDeepStrictEqual(existing.spec, JSON.parse(JSON.stringify(spec)));
  if (!same) throw exists(environment, release.version);
  const known = existing.provenance?.commit;
  if (provenance && known !== undefined && known !== provenance.commit)
    throw fromAnotherCommit(environment, release.version, known, provenance.commit);
  return { row: existing, created: false };
}

function requireDigest(target: Deps["target"], { version, image }: NewRelease): void {
  if (target !== "aws" || hasDigest(image)) return;
  const message = `Expected release ${version}'s image by digest (name@sha256:…); got ${image}. A tag can be moved to another image.`;
  throw new TealError("digest_required", message, { data: { image } });
}

function fromAnotherCommit(environment: string, version: string, known: string, given: string): TealError {
  const message = `Release ${version} of ${environment} comes from commit ${known}; got ${given}. A version is one content for good: register a new version.`;
  return new TealError("release_exists", message, { data: { environment, release: version } });
}

function exists(environment: string, version: string): TealError {
  const message = `Release ${version} of ${environment} is registered with another content. A version is one content for good: register a new version.`;
  return new TealError("release_exists", message, { data: { environment, release: version } });
}
