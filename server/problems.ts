/**
 * Every error code that the API answers, with its HTTP status and title. Codes are stable: clients may act on them.
 * docs/api.md has the same table; a test compares the two.
 */
export const problems = {
  invalid_json: { status: 400, title: "The body is not JSON" },
  invalid_input: { status: 400, title: "The request does not fit its schema" },
  invalid_cursor: { status: 400, title: "The cursor is not one that a list gave" },
  bad_request: { status: 400, title: "The request cannot be read" },
  unauthorized: { status: 401, title: "A valid token is required" },
  foreign_host: { status: 403, title: "The request is addressed to another host" },
  foreign_origin: { status: 403, title: "The request comes from another web page" },
  alerts_off: { status: 404, title: "Teal takes no alerts here" },
  environment_not_found: { status: 404, title: "No such environment" },
  tenant_not_found: { status: 404, title: "No such tenant" },
  release_not_found: { status: 404, title: "No such release" },
  policy_not_found: { status: 404, title: "No such version of the policy" },
  freeze_not_found: { status: 404, title: "No such freeze" },
  webhook_not_found: { status: 404, title: "The environment has no webhook" },
  backup_not_found: { status: 404, title: "No such backup" },
  pod_not_found: { status: 404, title: "The tenant has no such pod" },
  stack_not_found: { status: 404, title: "The tenant has no stack" },
  offboarded_not_found: { status: 404, title: "No such offboarding" },
  export_gone: { status: 404, title: "The export is deleted, or was never made" },
  operation_not_found: { status: 404, title: "No such operation" },
  route_not_found: { status: 404, title: "No such path" },
  method_not_allowed: { status: 405, title: "The path does not take this method" },
  request_timeout: { status: 408, title: "The request took too long to arrive" },
  cannot_keep: { status: 409, title: "What was found cannot be kept" },
  drift_changed: { status: 409, title: "The drift is not what the plan was made of" },
  affinity_unsupported: { status: 409, title: "The gateway doesn't keep users where they are" },
  adoption_unsafe: { status: 409, title: "Adopting would change what is there" },
  nothing_to_adopt: { status: 409, title: "Nothing there serves customers in a way that can be adopted" },
  already_live: { status: 409, title: "The release is live already" },
  action_not_allowed: { status: 409, title: "The operation does not allow this action now" },
  environment_observed: { status: 409, title: "The environment is only observed" },
  frozen: { status: 409, title: "The environment is frozen" },
  hostname_taken: { status: 409, title: "Another tenant has the host name" },
  idempotency_conflict: { status: 409, title: "The idempotency key was used for another call" },
  drill_under_way: { status: 409, title: "A restore drill of the tenant is under way" },
  backups_unavailable: { status: 409, title: "Nothing is set up to back data up" },
  migration_skipped: { status: 409, title: "A migration before it has not been run" },
  no_room: { status: 409, title: "The load balancer has no room for it" },
  no_data: { status: 409, title: "The tenant has no data that Teal keeps" },
  not_proven: { status: 409, title: "The release has not succeeded where it comes from" },
  not_provisioned: { status: 409, title: "No release has ever run for the tenant" },
  not_suspended: { status: 409, title: "The tenant is not suspended" },
  nothing_to_confirm: { status: 409, title: "No cluster waits to be confirmed away" },
  nothing_to_repair: { status: 409, title: "The tenant is as Teal left it" },
  nothing_to_roll_back_to: { status: 409, title: "The tenant has no old slot to go back to" },
  plan_changed: { status: 409, title: "What would be done is not what the plan says" },
  preview_closed: { status: 409, title: "The operation has no preview to be seen now" },
  promotion_source: { status: 409, title: "The policy takes releases from another environment" },
  release_exists: { status: 409, title: "The version exists with another content" },
  release_withdrawn: { status: 409, title: "The release is withdrawn" },
  schema_too_new: { status: 409, title: "The release can't run on the tenant's data" },
  tenant_busy: { status: 409, title: "The tenant has an operation under way" },
  tenant_suspended: { status: 409, title: "The tenant is suspended" },
  tenant_exists: { status: 409, title: "The tenant exists" },
  restores_unconfirmed: { status: 409, title: "The tenant has as many clusters as it may" },
  retention_over: { status: 409, title: "What was kept is deleted" },
  retention_too_short: { status: 409, title: "It would be kept for less long than it has to be" },
  revision_mismatch: { status: 412, title: "It has changed since it was read" },
  payload_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The body's type is not taken" },
  digest_required: { status: 422, title: "The image must be given by digest" },
  if_match_required: { status: 428, title: "If-Match is required" },
  too_many_requests: { status: 429, title: "Too many requests" },
  headers_too_large: { status: 431, title: "The headers are too large" },
  internal: { status: 500, title: "Something went wrong in Teal" },
  preview_failed: { status: 502, title: "The preview failed" },
  stack_unreadable: { status: 502, title: "The stack cannot be read" },
  cluster_unreachable: { status: 503, title: "The cluster does not answer" },
  load_balancer_unreadable: { status: 503, title: "The load balancer does not answer" },
  ledger_unavailable: { status: 503, title: "The ledger does not answer" },
  too_many_streams: { status: 503, title: "Too many event streams are open" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}

/** RFC 9457's `type`: names the kind of problem; there is nothing to fetch. */
export function problemType(code: ProblemCode): string {
  return `urn:teal:problem:${code}`;
}
