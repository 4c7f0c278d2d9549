import { useSearchParams } from "wouter";
import { groupings, shows, sorts, type View } from "./arrange.ts";

/** The view that the address asks for, and how to change it: so that a view can be sent to somebody, and survives a reload. */
export function useView(): [View, (change: Partial<View>) => void] {
  const [search, setSearch] = useSearchParams();
  const view = viewOf(search);
  const change = (wanted: Partial<View>): void =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(wanted)) {
          if (value === "" || value === first[name as keyof View]) after.delete(name);
          else after.set(name, value);
        }
        return after;
      },
      { replace: true },
    );
  return [view, change];
}

const first: View = { text: "", show: "all", tier: "", ring: "", release: "", sort: "name", group: "none" };

export function viewOf(search: URLSearchParams): View {
  const of = (name: keyof View): string => search.get(name) ?? "";
  return {
    text: of("text"),
    tier: of("tier"),
    ring: of("ring"),
    release: of("release"),
    show: shows.find((one) => one === of("show")) ?? first.show,
    sort: sorts.find((one) => one === of("sort")) ?? first.sort,
    group: groupings.find((one) => one === of("group")) ?? first.group,
  };
}
