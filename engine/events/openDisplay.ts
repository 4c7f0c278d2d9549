import type { Display, DisplayOptions } from "./display.ts";
import { diffDisplay } from "./text/diffDisplay.ts";
import { loggedDisplay } from "./text/loggedDisplay.ts";
import { progressDisplay } from "./text/progressDisplay.ts";

export interface Look {
  /** As a tree of differences. */
  readonly diff: boolean;
  /** Tells each step on standard error too. */
  readonly log: boolean;
}

/** Opens the display that was asked for; it prints its heading at once. */
export function openDisplay(options: DisplayOptions & Look): Display {
  const display = options.diff ? diffDisplay(options) : progressDisplay(options);
  return options.log ? loggedDisplay(display, options.writeError) : display;
}
