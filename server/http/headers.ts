import type { NextFunction, Request, Response } from "express";
import { rateLimit } from "express-rate-limit";
import helmet from "helmet";
import { TealError } from "../../model/errors.ts";

// TLS, and with it HSTS, belongs to whatever stands in front: Teal itself speaks plain HTTP.
const shared = { strictTransportSecurity: false, referrerPolicy: { policy: "no-referrer" as const } };
const own = ["'self'"];
const directives = {
  "default-src": ["'none'"],
  "script-src": own,
  "style-src": own,
  "img-src": [...own, "data:"],
  "connect-src": own,
  "base-uri": ["'none'"],
  "form-action": own,
  "frame-ancestors": ["'none'"],
};

/** Security headers: a page of ours loads nothing from elsewhere and runs no inline script. */
export const secureHeaders = helmet({ ...shared, contentSecurityPolicy: { useDefaults: false, directives } });

/** As above, but for the documentation page, whose HTML has styles inline. */
export const secureHeadersOfDocs = helmet({
  ...shared,
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { ...directives, "style-src": [...own, "'unsafe-inline'"] },
  },
});

/** Refuses an address that sends more than this per minute. */
export function limitRate(requestsPerMinute: number) {
  return rateLimit({
    windowMs: 60_000,
    limit: requestsPerMinute,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    validate: false,
    handler: (_request: Request, _response: Response, next: NextFunction) =>
      next(new TealError("too_many_requests", `Expected at most ${requestsPerMinute} requests a minute; try later.`)),
  });
}

/** Answers of the API are about now. */
export function neverStored(_request: Request, response: Response, next: NextFunction): void {
  response.set("Cache-Control", "no-store");
  next();
}
