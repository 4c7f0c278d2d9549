import { timingSafeEqual } from "node:crypto";
import { TealError } from "../../../model/errors.ts";
import type { Move } from "../../../model/layout.ts";
import type { Operation } from "../../../model/operation.ts";
import type { Call, Previewed } from "../../automation.ts";
import { appendEvents } from "../../ledger/events/append.ts";
import { readOperation } from "../../ledger/operations/read.ts";
import { once } from "../call.ts";
import type { Deps } from "../deps.ts";
import { operationNotFound } from "./notFound.ts";

/**
 * Lets a person see the new color for so many minutes: `token` says which operation and until when, signed with a key
 * that only this installation has. Nothing of it is kept; an event says who made it.
 */
export async function makePreviewLink(
  { ledger }: Pick<Deps, "ledger">,
  id: string,
  minutes: number,
  call: Call,
): Promise<{ token: string; expiresAt: Date }> {
  const { expires } = await once(ledger, call, async (tx) => {
    const operation = await readOperation(tx, id);
    if (!operation) throw operationNotFound(id);
    requirePreview(operation);
    const expires = Math.floor(Date.now() / 1000) + minutes * 60;
    const { environment, tenant, phase } = operation;
    const until = new Date(expires * 1000).toISOString();
    const message = `${call.actor} made a link to the preview, good until ${until}`;
    const data = { actor: call.actor, expiresAt: until };
    await appendEvents(tx, [{ operation: id, environment, tenant, type: "preview_link", phase, message, data }]);
    return { expires };
  });
  return { token: signed(ledger.secrets, id, expires), expiresAt: new Date(expires * 1000) };
}

const form = /^([0-9a-f-]{36})\.(\d{1,12})\.[0-9a-f]{64}$/;

/** Where a link's token leads now. Throws `preview_link_invalid`, `preview_closed`. */
export async function followPreviewLink({ ledger, urlOf }: Deps, given: string): Promise<Previewed> {
  const [, id, expiry] = form.exec(given) ?? [];
  if (id === undefined || !equal(given, signed(ledger.secrets, id, Number(expiry))))
    throw invalid("is not one of this Teal");
  const expiresAt = new Date(Number(expiry) * 1000);
  if (expiresAt.getTime() <= Date.now()) throw invalid(`expired at ${expiresAt.toISOString()}`);
  const operation = await ledger.read((db) => readOperation(db, id));
  if (!operation) throw invalid("is of an operation that is gone");
  const { target, token } = requirePreview(operation);
  const { layout } = await ledger.lookOf(operation);
  if (layout?.preview?.token !== token) throw closed(operation, `has no preview while it is ${operation.phase}`);
  return { host: new URL(urlOf(operation.environment, operation.tenant)).hostname, color: target, token, expiresAt };
}

function signed(secrets: Deps["ledger"]["secrets"], id: string, expires: number): string {
  const payload = `${id}.${expires}`;
  return `${payload}.${secrets.fingerprint(`preview-link ${payload}`)}`;
}

function equal(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

/** Only what moves traffic is previewed, and only until it ends. */
function requirePreview(operation: Operation): Move {
  const { move, endedAt } = operation;
  if (endedAt !== null) throw closed(operation, `has ended (${operation.state})`);
  if (move === null || move.before === null || move.steps.length === 0)
    throw closed(operation, "moves no traffic, so that it has no preview");
  return move;
}

function closed({ id, kind }: Operation, why: string): TealError {
  const message = `Expected an operation whose new color is there to be seen; this ${kind} ${why}.`;
  return new TealError("preview_closed", message, { data: { operation: id } });
}

function invalid(why: string): TealError {
  return new TealError(
    "preview_link_invalid",
    `Expected a preview link that is good; this one ${why}. Ask for another.`,
  );
}
