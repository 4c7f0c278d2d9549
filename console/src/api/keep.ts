import { useSyncExternalStore } from "react";

/** Something that the page remembers in this browser, and that its parts see change. */
export interface Kept<T> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

/** A text kept in `storage` under `name`; "" where there is none. */
export function kept(name: string, storage: Storage): Kept<string> {
  const inner = remembered(storage.getItem(name) ?? "");
  const set = (value: string): void => {
    if (value === "") storage.removeItem(name);
    else storage.setItem(name, value);
    inner.set(value);
  };
  return { ...inner, set };
}

/** A value that lives as long as the page. */
export function remembered<T>(first: T): Kept<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value, and again whenever it changes. */
export function useKept<T>(store: Kept<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
