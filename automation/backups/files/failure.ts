import { TealError } from "../../../model/errors.ts";

/** SQLite's own code for a disk that is full; the low byte of its extended codes. */
const sqliteFull = 13;

interface SystemError extends Error {
  code?: string;
  errcode?: number;
}

/** What went wrong as a TealError: a full disk has a code of its own, since a person can do something about it. */
export function asFailure(error: unknown, doing: string, data: Record<string, unknown>): TealError {
  if (error instanceof TealError) return error;
  const { code, errcode, message } = error as SystemError;
  if (code === "ENOSPC" || code === "EDQUOT" || (errcode !== undefined && (errcode & 0xff) === sqliteFull)) {
    const why = `There is no space left for ${doing}. Nothing of it was kept: make room, then try again.`;
    return new TealError("backup_no_space", why, { data, cause: error });
  }
  return new TealError("backup_failed", `${capital(doing)} failed: ${message}.`, { data, cause: error });
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const isCode = (error: unknown, ...codes: string[]): boolean =>
  codes.includes((error as NodeJS.ErrnoException).code ?? "");
