import { createPublicKey, generateKeyPairSync, randomBytes, X509Certificate } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Authority, type CertificateRequest, createAuthority, type KeyedCertificate } from "../x509/authority.ts";
import { auditPolicy, encryptionConfiguration } from "./configuration.ts";
import { kubeconfig } from "./kubeconfig.ts";
import { type Identity, kubeconfigOf, type Layout } from "./layout.ts";

/** The node that runs the cluster's pods; its identity may touch no other node's. */
export const nodeName = "node-1";
/** First address of the service range: where the `kubernetes` service is. */
export const kubernetesServiceAddress = "127.96.0.1";

const renewBeforeDays = 7;
const identities = {
  admin: { commonName: "teal-admin", organization: "system:masters", usages: ["client"] },
  "controller-manager": { commonName: "system:kube-controller-manager", usages: ["client"] },
  scheduler: { commonName: "system:kube-scheduler", usages: ["client"] },
  provisioner: { commonName: "teal-provisioner", usages: ["client"] },
  node: { commonName: `system:node:${nodeName}`, organization: "system:nodes", usages: ["client"] },
  gateway: { commonName: "teal-gateway", usages: ["client"] },
  teal: { commonName: "teal", usages: ["client"] },
} satisfies Record<Identity, CertificateRequest>;

/**
 * Makes the cluster's authorities, certificates, kubeconfigs and keys, unless they are there and last another week.
 * Keys that stored data depends on (of service account tokens, of Secrets at rest) are made once and kept.
 */
export async function ensureCredentials(layout: Layout, apiserverPort: number): Promise<void> {
  await mkdir(layout.credentials, { recursive: true, mode: 0o700 });
  await writeOnce(layout, "encryption.yaml", () => encryptionConfiguration(randomBytes(32)));
  await writeOnce(layout, "service-accounts.key", () =>
    generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  );
  const tokenKey = createPublicKey(await readFile(join(layout.credentials, "service-accounts.key"), "utf8"));
  await write(layout, "service-accounts.pub", tokenKey.export({ type: "spki", format: "pem" }).toString());
  await write(layout, "audit-policy.yaml", auditPolicy());
  if (await lasts(layout)) return;

  await issueForEtcd(layout, createAuthority("teal-cluster-etcd"));
  // Nothing is served behind this API server's aggregator: the authority it wants for that issues no certificate.
  await write(layout, "front-proxy-ca.crt", createAuthority("teal-cluster-front-proxy").certificate);

  const authority = createAuthority("teal-cluster");
  const server = (commonName: string, names: readonly string[] = ["127.0.0.1"]): KeyedCertificate =>
    authority.issue({ commonName, usages: ["server"], names });
  await writeKeyed(layout, "apiserver", server("kube-apiserver", apiserverNames));
  await writeKeyed(layout, "controller-manager", server("kube-controller-manager"));
  await writeKeyed(layout, "kubelet", server(nodeName));
  // Not system:masters: what the API server may do to a kubelet is what RBAC says.
  const toKubelet = { commonName: "kube-apiserver-kubelet-client", usages: ["client"] } as const;
  await writeKeyed(layout, "apiserver-to-kubelet", authority.issue(toKubelet));
  const url = `https://127.0.0.1:${apiserverPort}`;
  for (const [name, request] of Object.entries(identities)) {
    const content = kubeconfig(url, authority.certificate, name, authority.issue(request));
    await writeFile(kubeconfigOf(layout, name as Identity), content, { mode: 0o600 });
  }
  // Last: its presence says that the others are complete.
  await writeKeyed(layout, "ca", authority);
}

const apiserverNames = [
  "127.0.0.1",
  kubernetesServiceAddress,
  "localhost",
  "kubernetes",
  "kubernetes.default",
  "kubernetes.default.svc",
];

/** Of an authority of its own: a user's certificate of the cluster must not open the database below it. */
async function issueForEtcd(layout: Layout, authority: Authority): Promise<void> {
  await write(layout, "etcd-ca.crt", authority.certificate);
  const names = ["127.0.0.1", "localhost"];
  await writeKeyed(layout, "etcd", authority.issue({ commonName: "etcd", usages: ["server", "client"], names }));
  await writeKeyed(layout, "apiserver-to-etcd", authority.issue({ commonName: "kube-apiserver", usages: ["client"] }));
}

async function lasts(layout: Layout): Promise<boolean> {
  // A cluster of an earlier version of this file may lack one.
  for (const identity of Object.keys(identities) as Identity[])
    if ((await readIfThere(kubeconfigOf(layout, identity))) === undefined) return false;
  const authority = await readIfThere(join(layout.credentials, "ca.crt"));
  if (authority === undefined) return false;
  const left = Date.parse(new X509Certificate(authority).validTo) - Date.now();
  return left > renewBeforeDays * 24 * 3_600_000;
}

async function writeOnce(layout: Layout, name: string, content: () => string): Promise<void> {
  if ((await readIfThere(join(layout.credentials, name))) === undefined) await write(layout, name, content());
}

async function writeKeyed(layout: Layout, name: string, { certificate, key }: KeyedCertificate): Promise<void> {
  await write(layout, `${name}.key`, key);
  await write(layout, `${name}.crt`, certificate);
}

async function write(layout: Layout, name: string, content: string): Promise<void> {
  await writeFile(join(layout.credentials, name), content, { mode: 0o600 });
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw cause;
  });
}
