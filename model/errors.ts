/**
 * The one error class of Teal.
 *
 * `code` is stable and documented; `message` says what was expected, what came and what to do; `data` is evidence that
 * may be shown to a user, so it never holds a secret.
 */
export class TealError extends Error {
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: { data?: Record<string, unknown>; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "TealError";
    this.code = code;
    this.data = options.data ?? {};
  }
}
