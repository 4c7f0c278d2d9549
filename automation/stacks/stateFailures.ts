/** How the embedded engine says that stack state in S3 can't be read or written: code, whether to try again, by which words. */
export const stateFailures: readonly (readonly [code: string, retriable: boolean, pattern: RegExp])[] = [
  ["state_s3_no_bucket", false, /stack state: .*there is no such bucket/],
  ["state_s3_denied", false, /stack state: .*AWS refuses access/],
  ["state_s3_region", false, /stack state: .*the bucket is in another region/],
  ["state_s3_unconditional", false, /stack state: .*locks can't be kept there/],
  // A role's credentials are renewed, sooner or later.
  ["state_s3_credentials", true, /stack state: .*does not take the credentials/],
  ["state_s3_throttled", true, /stack state: .*S3 asks to slow down/],
  ["state_s3_unreachable", true, /stack state: .*S3 can't be reached/],
  ["state_changed", true, /stack state: .*nothing was overwritten/],
  ["stack_lock_lost", true, /stack state: .*nothing more is written/],
  ["state_s3_failed", true, /stack state: /],
];
