import { readFileSync } from "node:fs";

/**
 * Prints the token of the pod's service account as a kubeconfig's `exec` has it: `node clusterToken.ts [file]`. Kubernetes writes
 * a new one every hour or so, and whoever asks by command, asks again when this says; a token that is read from a kubeconfig once
 * would end with its hour.
 */
const [file = "/var/run/secrets/kubernetes.io/serviceaccount/token"] = process.argv.slice(2);
const rereadMinutes = 5;

const token = readFileSync(file, "utf8").trim();
const expirationTimestamp = new Date(Date.now() + rereadMinutes * 60_000).toISOString().replace(/\.\d+Z$/, "Z");
console.log(
  JSON.stringify({
    apiVersion: "client.authentication.k8s.io/v1",
    kind: "ExecCredential",
    status: { token, expirationTimestamp },
  }),
);
