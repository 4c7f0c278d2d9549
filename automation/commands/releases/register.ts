import { isDeepStrictEqual } from "node:util";
import { TealError } from "../../../model/errors.ts";
import { hasDigest, type NewRelease } from "../../../model/release.ts";
import type { ReleaseView } from "../../../model/views.ts";
import type { Call } from "../../automation.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { insertRelease } from "../../ledger/releases/insert.ts";
import { readRelease } from "../../ledger/releases/read.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { requireEnvironment } from "../environments/environment.ts";
import { releaseView } from "../views.ts";

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
    const inserted = await insertRelease(tx, environment, release, call.actor);
    if (!inserted) {
      const existing = await readRelease(tx, environment, version);
      if (!isDeepStrictEqual(existing.spec, JSON.parse(JSON.stringify(release)))) throw exists(environment, version);
      return { release: releaseView(existing), created: false };
    }
    const message = `${call.actor} registered release ${version} (${image}).`;
    const event = { operation: null, environment, tenant: null, type: "release_registered", message };
    await appendEvents(tx, [{ ...event, data: { actor: call.actor, release: version, image } }]);
    return { release: releaseView(inserted), created: true };
  });
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
