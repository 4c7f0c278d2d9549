import { rename, writeFile } from "node:fs/promises";
import { stringify } from "yaml";

export interface KubeconfigContent {
  port: number;
  token: string;
  /** PEM. */
  certificate: string;
}

/**
 * Writes the file by which clients find the sandbox, readable by its owner alone. Context `sandbox` is for everyone;
 * `sandbox-plain` is the same without TLS, for programs that open many connections (kubectl sends no token there).
 */
export async function writeKubeconfig(path: string, { port, token, certificate }: KubeconfigContent): Promise<void> {
  const secure = {
    server: `https://127.0.0.1:${port}`,
    "certificate-authority-data": Buffer.from(certificate).toString("base64"),
  };
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "sandbox",
    clusters: [
      { name: "sandbox", cluster: secure },
      { name: "sandbox-plain", cluster: { server: `http://127.0.0.1:${port}` } },
    ],
    users: [{ name: "sandbox", user: { token } }],
    contexts: ["sandbox", "sandbox-plain"].map((name) => ({
      name,
      context: { cluster: name, user: "sandbox", namespace: "default" },
    })),
  };
  await writeFile(`${path}.tmp`, stringify(config), { mode: 0o600 });
  await rename(`${path}.tmp`, path);
}
