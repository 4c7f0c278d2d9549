const timeoutMs = 3000;

/** Why nothing at `url` answers HTTP; undefined where something does, whatever it says. */
export async function whyNoAnswer(url: string): Promise<string | undefined> {
  try {
    await fetch(url, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
    return undefined;
  } catch (error) {
    const { message, cause } = error as Error;
    // Certificates are for the tenants' host names, not for its own: who shows one answers.
    if (cause instanceof Error && "code" in cause && cause.code === "ERR_TLS_CERT_ALTNAME_INVALID") return undefined;
    return `${url} does not answer: ${cause instanceof Error ? cause.message || message : message}`;
  }
}
