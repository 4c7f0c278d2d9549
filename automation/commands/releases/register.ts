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
    await appendEvents(tx, [{ ...event, data: { actor: call.actor, release: version, image } }]);
    return { release: releaseView(row), created };
  });
}

/** The release as it is in the environment from now on, and whether it is new there. Throws `release_exists`. */
export async function insertOrSame(
  tx: Queries,
  environment: string,
  release: NewRelease,
  actor: string,
): Promise<{ row: ReleaseRow; created: boolean }> {
  const inserted = await insertRelease(tx, environment, release, actor);
  if (inserted) return { row: inserted, created: true };
  const existing = await readRelease(tx, environment, release.version);
  const same = isDeepStrictEqual(existing.spec, JSON.parse(JSON.stringify(release)));
  if (!same) throw exists(environment, release.version);
  return { row: existing, created: false };
}

function requireDigest(target: Deps["target"], { version, image }: NewRelease): void {
  if (target !== "aws" || hasDigest(image)) return;
  const message = `Expected release ${version}'s image by digest (name@sha256:…); got ${image}. A tag can be moved to another image.`;
  throw new TealError("digest_required", message, { data: { image } });
}

function exists(environment: string, version: string): TealError {
  const message = `Release ${version} of ${environment} is registered with another content. A version is one content for good: register a new version.`;
  return new TealError("release_exists", message, { data: { environment, release: version } });
}
