#!/usr/bin/env bash
# Registers a release and rolls it out to a tenant by Teal's API; ends with 1 unless the rollout succeeds.
#   rollout.sh <environment> <tenant> <version> <image by digest>
# In the environment: TEAL_URL, TEAL_TOKEN; RUN, which tells this run of a pipeline from others, so that a step that is tried again
# finds the rollout that it began; and where the release comes from: COMMIT and PIPELINE (the run's page), besides, where known, SOURCE
# (the repository), REF, BUILDER, BUILT_AT. Needs curl and jq.
set -euo pipefail
environment=${1:?expected an environment} tenant=${2:?expected a tenant} version=${3:?expected a version} image=${4:?expected an image}
: "${TEAL_URL:?expected the URL of Teal}"
within=${ROLLOUT_SECONDS:-7200}

# One request: the body, if its status is one of those that are good; else what Teal says is wrong, and 1. The token goes by a
# file descriptor: arguments can be seen by others on the machine.
call() {
  local method=$1 path=$2 body=${3:-} answer status
  answer=$(curl -sS -X "$method" "$TEAL_URL/v1/$path" -w '\n%{http_code}' --retry 5 --retry-connrefused --max-time 60 \
    ${body:+-H 'content-type: application/json' --data "$body"} \
    ${TEAL_TOKEN:+--config <(printf 'header = "Authorization: Bearer %s"\n' "$TEAL_TOKEN")} \
    ${IDEMPOTENCY_KEY:+-H "Idempotency-Key: $IDEMPOTENCY_KEY"})
  status=${answer##*$'\n'} answer=${answer%$'\n'*}
  case $status in
    20[0-2]) printf '%s' "$answer" ;;
    *)
      echo "$method /v1/$path answered $status: $(jq -r '.detail // .title // "no problem was said"' <<<"$answer" 2>/dev/null || echo "$answer")" >&2
      return 1
      ;;
  esac
}

# What is not known is left out.
provenance=$(jq -nc --arg commit "${COMMIT:-}" --arg pipeline "${PIPELINE:-}" --arg repository "${SOURCE:-}" --arg ref "${REF:-}" \
  --arg builder "${BUILDER:-}" --arg builtAt "${BUILT_AT:-}" '$ARGS.named | with_entries(select(.value != ""))')

# The very same release again is none the worse: a pipeline may be run twice.
release=$(jq -nc --arg version "$version" --arg image "$image" --argjson provenance "$provenance" \
  '{version: $version, image: $image} + (if $provenance == {} then {} else {provenance: $provenance} end)')
call POST "environments/$environment/releases" "$release" >/dev/null
echo "release $version is registered in $environment"

body=$(jq -nc --arg version "$version" '{release: $version}')
operation=$(IDEMPOTENCY_KEY="${RUN:+$RUN-$tenant-$version}" call POST "environments/$environment/tenants/$tenant/rollouts" "$body" | jq -r .id)
echo "rollout $operation of $tenant: $TEAL_URL/v1/operations/$operation"

said='' deadline=$((SECONDS + within))
while ((SECONDS < deadline)); do
  now=$(call GET "operations/$operation")
  state=$(jq -r .state <<<"$now") phase=$(jq -r .phase <<<"$now")
  if [ "$state $phase" != "$said" ]; then echo "$state ($phase)" && said="$state $phase"; fi
  case $state in
    succeeded) exit 0 ;;
    rolled-back | failed | cancelled)
      jq -r '"the rollout \(.state): \(.outcome.code // "") \(.outcome.message // "")"' <<<"$now" >&2
      exit 1
      ;;
  esac
  sleep "${POLL_SECONDS:-5}"
done
echo "the rollout did not end within $within s; it goes on, and is $said" >&2
exit 1
