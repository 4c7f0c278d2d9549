import type { Server } from "node:http";

/** A connection that was busy when its server stopped is idle a moment later, and would be kept open for nothing. */
const lookEveryMs = 50;

/** Accepts nothing more; resolves once requests under way have ended, or after `graceMs`, when they are cut off. */
export async function drain(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
  const looking = setInterval(() => server.closeIdleConnections(), lookEveryMs);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(deadline);
  clearInterval(looking);
}
