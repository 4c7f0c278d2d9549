#!/usr/bin/env bash
# From a commit to tenants: builds the image of an application, tests it, pushes it by digest, has it scanned, signs it, and rolls
# it out. Copy it and rollout.sh into the application's repository. Needs docker, the AWS CLI, cosign, curl and jq, credentials for
# AWS, and in the environment:
#   REPOSITORY  of the application, from the platform's output `registries`
#   SIGNING_KEY ARN of the platform's key `signing`; empty where security.signatures is off
#   VERSION     such as 1.4.0+build.7; TEST_COMMAND, run in the built image (default: npm test)
#   COMMIT, PIPELINE, SOURCE, REF, BUILDER: where the release comes from, as rollout.sh tells Teal
#   ENVIRONMENT, TENANTS (those that go first, with spaces between), TEAL_URL, TEAL_TOKEN
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${REPOSITORY:?}" "${VERSION:?}" "${ENVIRONMENT:?}" "${TENANTS:?}" "${TEAL_URL:?}"
# A tag can hold no plus sign.
tag=${VERSION//+/-}

docker build --tag "$REPOSITORY:$tag" .
BUILT_AT=$(date -u +%FT%TZ)
export BUILT_AT
docker run --rm --network none --entrypoint sh "$REPOSITORY:$tag" -c "${TEST_COMMAND:-npm test}"

aws ecr get-login-password | docker login --username AWS --password-stdin "${REPOSITORY%%/*}"
docker push "$REPOSITORY:$tag"
digest=$(docker inspect --format '{{index .RepoDigests 0}}' "$REPOSITORY:$tag" | cut -d@ -f2)
image="$REPOSITORY@$digest"

# The registry scans what is pushed.
name=${REPOSITORY#*/}
aws ecr wait image-scan-complete --repository-name "$name" --image-id "imageDigest=$digest"
critical=$(aws ecr describe-image-scan-findings --repository-name "$name" --image-id "imageDigest=$digest" \
  --query 'imageScanFindings.findingSeverityCounts.CRITICAL' --output text)
if [ "$critical" != None ] && [ "$critical" -gt 0 ]; then
  echo "$image has $critical critical findings: see the registry." >&2
  exit 1
fi

if [ -n "${SIGNING_KEY:-}" ]; then
  # No public log: what is signed and when is nobody else's business.
  cosign sign --yes --tlog-upload=false --key "awskms:///$SIGNING_KEY" "$image"
fi

for tenant in $TENANTS; do
  "$here/rollout.sh" "$ENVIRONMENT" "$tenant" "$VERSION" "$image"
done
