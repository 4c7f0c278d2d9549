import { stringify } from "yaml";
import type { KeyedCertificate } from "../x509/authority.ts";

/** A kubeconfig with one context, `teal-cluster`, and everything embedded. Holds a private key: write it with mode 0600. */
export function kubeconfig(server: string, authority: string, user: string, credentials: KeyedCertificate): string {
  const name = "teal-cluster";
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server, "certificate-authority-data": base64(authority) } }],
    users: [
      {
        name: user,
        user: {
          "client-certificate-data": base64(credentials.certificate),
          "client-key-data": base64(credentials.key),
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user } }],
    "current-context": name,
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
