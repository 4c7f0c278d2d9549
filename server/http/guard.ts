import { createHash, timingSafeEqual } from "node:crypto";
import type { NextFunction, Request, Response } from "express";
import { TealError } from "../../model/errors.ts";

/**
 * Without a token, whoever reaches the port may act, so no web page may: neither by a host name of its own that resolves
 * to this machine (DNS rebinding), nor by sending requests across origins.
 */
export function refuseForeign(listen: string) {
  const names = new Set(["localhost", "127.0.0.1", "[::1]", listen.includes(":") ? `[${listen}]` : listen]);
  return (request: Request, _response: Response, next: NextFunction): void => {
    const host = request.headers.host ?? "";
    const own = [...names].map((name) => withPort(name, request.socket.localPort));
    if (!own.includes(host.toLowerCase())) {
      throw new TealError("foreign_host", `Expected the Host header to be ${own.join(", ")}; got another.`);
    }
    const { origin } = request.headers;
    if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
      throw new TealError("foreign_origin", `Expected no Origin or http://${host}; got another.`);
    }
    if (isFromAnotherSite(request)) {
      throw new TealError(
        "foreign_origin",
        "Expected a request of Teal's own page; a browser says that another made it.",
      );
    }
    next();
  };
}

function withPort(name: string, port: number | undefined): string {
  return port === 80 ? name : `${name}:${port}`;
}

// Following a link to a page here is harmless: the page that has the link can't read the answer.
function isFromAnotherSite(request: Request): boolean {
  const site = request.headers["sec-fetch-site"];
  const followsLink = request.method === "GET" && request.headers["sec-fetch-mode"] === "navigate";
  return (site === "cross-site" || site === "same-site") && !followsLink;
}

/** Where Alertmanager tells its alerts, with a token that is good for that alone. */
export const alertsPath = "/v1/alerts";

// No more than the one route that asks for the other token itself (see requireAlertsToken).
function takesAlerts({ method, baseUrl, path }: Request): boolean {
  const whole = `${baseUrl}${path}`;
  return method === "POST" && (whole === alertsPath || whole === `${alertsPath}/`);
}

/** Throws `alerts_off` where no token is set: then Teal takes no alerts. */
export function requireAlertsToken(token: string | undefined) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (token === undefined) {
      const message = "Teal takes no alerts here: TEAL_ALERTS_TOKEN is not set. Set it, and tell Alertmanager.";
      throw new TealError("alerts_off", message);
    }
    if (bears(request, token)) return next();
    response.set("WWW-Authenticate", 'Bearer realm="teal alerts"');
    throw new TealError("unauthorized", "Expected the header Authorization: Bearer <TEAL_ALERTS_TOKEN>.");
  };
}

export function requireToken(token: string) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (takesAlerts(request) || bears(request, token)) return next();
    response.set("WWW-Authenticate", 'Bearer realm="teal"');
    throw new TealError("unauthorized", "Expected the header Authorization: Bearer <TEAL_TOKEN>.");
  };
}

/** Whether the request bears the token; takes as long for a near miss as for any other. */
export function bears(request: Request, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
