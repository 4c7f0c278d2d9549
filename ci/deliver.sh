#!/usr/bin/env bash
# Builds Teal's image, and brings the platform stack of an environment to this commit: `ci/deliver.sh production`. Needs docker,
# the AWS and Pulumi CLIs, credentials, and in the environment:
#   REPOSITORY  ECR repository of Teal's own image: <account>.dkr.ecr.<region>.amazonaws.com/teal
#   PULUMI_SHA256, KUBERNETES_SHA256, RANDOM_SHA256, AWS_SHA256, RDS_SHA256  what the Dockerfile's downloads have to come to
set -euo pipefail
cd "$(dirname "$0")/.."
stack=${1:?expected the name of a stack}
: "${REPOSITORY:?}" "${PULUMI_SHA256:?}" "${KUBERNETES_SHA256:?}" "${RANDOM_SHA256:?}" "${AWS_SHA256:?}" "${RDS_SHA256:?}"

commit=$(git rev-parse HEAD)
aws ecr get-login-password | docker login --username AWS --password-stdin "${REPOSITORY%%/*}"
built=$(mktemp)
docker buildx build --platform linux/amd64 --provenance=true --sbom=true --push --metadata-file "$built" \
  --build-arg PULUMI_SHA256 --build-arg KUBERNETES_SHA256 --build-arg RANDOM_SHA256 --build-arg AWS_SHA256 \
  --build-arg RDS_SHA256 \
  --tag "$REPOSITORY:$commit" .
digest=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1]))["containerimage.digest"]' "$built")

pulumi stack select "$stack"
# In this checkout only: which image runs is said by the stack's own state, and by the commit that it was built from.
pulumi config set --path 'platform:controlPlane.image' "$REPOSITORY@$digest"
preview=$(mktemp)
pulumi preview --json > "$preview"
npm run --silent platform:gate -- "$preview"
pulumi up --yes --skip-preview
