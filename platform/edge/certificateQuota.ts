import { albQuotas } from "../../model/routing.ts";

/** What each needs at least: three places are kept free, to change certificates by. */
const fewest = 4;

/** How many environments the listener's certificates are enough for. */
export const mostEnvironments = Math.floor(albQuotas.certificates / fewest);

/** How many of the listener's certificates are each environment's, so that all of them fit. */
export function certificatesPerEnvironment(environments: number): number {
  return Math.floor(albQuotas.certificates / environments);
}
