const longest = 1000;
const hidden = "[hidden]";

/** Ids of access keys, and what of a signed request AWS says again where the signature is wrong. */
const patterns: readonly [pattern: RegExp, by: string][] = [
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b/g, hidden],
  [
    /(x-amz-security-token|x-amz-credential|x-amz-signature|authorization|signature|credential)\s*[:=]\s*[^\n&'"]+/gi,
    `$1: ${hidden}`,
  ],
  [
    /((?:secret|session|security)[-_ ]?(?:access[-_ ]?)?(?:key|token)|password)(["']?\s*[:=]\s*["']?)[^\s"',&]+/gi,
    `$1$2${hidden}`,
  ],
];

/** A text of AWS's without keys, tokens and signatures, those of this process's own environment above all; cut where it is long. */
export function withoutKeys(text: string, env: NodeJS.ProcessEnv = process.env): string {
  const own = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"].flatMap((name) => env[name] || []);
  const masked = own
    .sort((a, b) => b.length - a.length)
    .reduce((masked, secret) => masked.replaceAll(secret, hidden), text);
  return patterns.reduce((masked, [pattern, by]) => masked.replace(pattern, by), masked).slice(0, longest);
}
