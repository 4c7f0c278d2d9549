import { remembered } from "../api/keep.ts";

/** Whether the navigation is shown where there is no room for it beside the page. */
export const sideOpen = remembered(false);
