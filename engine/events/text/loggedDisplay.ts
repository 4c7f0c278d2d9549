/** `--logtostderr --verbose N`: what happens, line by line, in the form of Go's logs. No property is told, so no secret. */
import type { Step } from "../../deploy/step.ts";
import type { Display } from "../display.ts";

export function loggedDisplay(display: Display, write: (text: string) => void): Display {
  const log = (text: string) => write(`I${stamp(new Date())} ${process.pid} engine] ${text}\n`);
  const about = ({ op, urn }: Step) => `${op} ${urn}`;
  return {
    prelude(config) {
      log(`begins; config keys: ${Object.keys(config).sort().join(", ")}`);
      display.prelude(config);
    },
    before(step) {
      log(`begins ${about(step)}`);
      display.before(step);
    },
    outputs(step, op) {
      log(`ended ${op} ${step.urn}`);
      display.outputs(step, op);
    },
    failed(step) {
      log(`failed ${about(step)}`);
      display.failed(step);
    },
    diagnostic(diagnostic) {
      log(`said (${diagnostic.severity}) ${diagnostic.urn}`);
      display.diagnostic(diagnostic);
    },
    end(summary) {
      log(`ends: ${summary.result}`);
      display.end(summary);
    },
  };
}

/** `1121 03:27:22.936000` */
function stamp(now: Date): string {
  const [date, time] = now.toISOString().split("T");
  return `${date!.slice(5).replace("-", "")} ${time!.slice(0, -1)}000`;
}
