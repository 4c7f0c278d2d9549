# Teal itself: `docker buildx build --build-arg PULUMI_SHA256=… .` (ci/deliver.sh). Everything that is downloaded has to come to the
# checksum that is given with it; docs/aws.md says where the publishers' own are to be read. Nothing is built here but the
# console: Node runs the TypeScript as it is.

# CHANGE to a digest (docker buildx imagetools inspect node:24.21.0-bookworm-slim), for builds that are the same tomorrow.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Without what only developers need: EKS's SDK for the platform stack, tests, linters.
RUN npm ci --omit=dev --no-audit --no-fund

FROM ${NODE_IMAGE} AS console
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY model ./model
COPY console ./console
RUN node console/build.ts

FROM ${NODE_IMAGE} AS downloads
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
ARG TARGETARCH=amd64
ARG PULUMI_VERSION=3.270.0
ARG PULUMI_SHA256
ARG KUBERNETES_VERSION=4.34.2
ARG KUBERNETES_SHA256
ARG RANDOM_VERSION=4.21.2
ARG RANDOM_SHA256
ARG AWS_VERSION=7.48.0
ARG AWS_SHA256
ARG RDS_SHA256
WORKDIR /downloads
ADD --checksum=sha256:${PULUMI_SHA256} https://github.com/pulumi/pulumi/releases/download/v${PULUMI_VERSION}/pulumi-v${PULUMI_VERSION}-linux-x64.tar.gz pulumi.tar.gz
ADD --checksum=sha256:${KUBERNETES_SHA256} https://github.com/pulumi/pulumi-kubernetes/releases/download/v${KUBERNETES_VERSION}/pulumi-resource-kubernetes-v${KUBERNETES_VERSION}-linux-amd64.tar.gz kubernetes.tar.gz
ADD --checksum=sha256:${RANDOM_SHA256} https://github.com/pulumi/pulumi-random/releases/download/v${RANDOM_VERSION}/pulumi-resource-random-v${RANDOM_VERSION}-linux-amd64.tar.gz random.tar.gz
ADD --checksum=sha256:${AWS_SHA256} https://github.com/pulumi/pulumi-aws/releases/download/v${AWS_VERSION}/pulumi-resource-aws-v${AWS_VERSION}-linux-amd64.tar.gz aws.tar.gz
# Authorities of RDS's certificates, which Node doesn't know.
ADD --checksum=sha256:${RDS_SHA256} https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem rds.pem
# Only what Teal runs: the CLI, its Node host, and the providers of the tenant programs.
RUN test "${TARGETARCH}" = amd64 \
  && mkdir bin \
  && tar -xzf pulumi.tar.gz --strip-components=1 -C bin pulumi/pulumi pulumi/pulumi-language-nodejs \
  && tar -xzf kubernetes.tar.gz -C bin pulumi-resource-kubernetes \
  && tar -xzf random.tar.gz -C bin pulumi-resource-random \
  && tar -xzf aws.tar.gz -C bin pulumi-resource-aws \
  && chmod 0755 bin/* \
  && chmod 0644 rds.pem

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="Teal" \
  org.opencontainers.image.description="Release platform for multi-tenant SaaS on Kubernetes" \
  org.opencontainers.image.licenses="Apache-2.0"
# Providers are found on the PATH; nothing is fetched at run time.
COPY --from=downloads /downloads/bin/ /usr/local/bin/
COPY --from=downloads /downloads/rds.pem /etc/teal/rds.pem
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY model ./model
COPY tenant ./tenant
COPY automation ./automation
COPY engine ./engine
COPY sandbox ./sandbox
COPY x509 ./x509
COPY server ./server
COPY start ./start
COPY examples ./examples
COPY --from=console /app/console/dist ./console/dist
ENV NODE_ENV=production \
  NODE_EXTRA_CA_CERTS=/etc/teal/rds.pem \
  PULUMI_SKIP_UPDATE_CHECK=true
# Writes below TEAL_DATA and /tmp only: the root may be read-only.
USER 10001:10001
EXPOSE 4000
# An orchestrator asks the server itself (/healthz); a worker listens on nothing.
HEALTHCHECK NONE
ENTRYPOINT ["node", "start/main.ts"]
