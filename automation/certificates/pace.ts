import { defaultTimes } from "../../tenant/plan/certificates/quotas.ts";
import type { CertificatePace } from "./provider.ts";

const second = 1000;
const hour = 3_600 * second;
const day = 24 * hour;

/** Of a provider in the world. */
export const productionPace: CertificatePace = {
  times: defaultTimes,
  every: 10 * second,
  // Rollouts bring news every second, and few of them are about host names.
  rest: 5 * second,
  lookAgain: hour,
  tellOfRecord: hour,
  tellOfEnd: 14 * day,
  tellOfProblem: 10 * 60 * second,
};

/** Of the sandbox, whose people don't want to wait. */
export const demoPace: CertificatePace = {
  times: { ...defaultTimes, overlap: 5 * second, patience: 60 * second, retry: 60 * second },
  every: 2 * second,
  rest: second,
  lookAgain: 60 * second,
  tellOfRecord: 10 * 60 * second,
  tellOfEnd: 14 * day,
  tellOfProblem: 60 * second,
};
