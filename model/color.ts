/** The two copies of the application that a tenant can have. The names mean nothing more than "this one" and "that one". */
export const colors = ["blue", "green"] as const;
export type Color = (typeof colors)[number];

export function otherColor(color: Color): Color {
  return color === "blue" ? "green" : "blue";
}
