import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Menu, OctagonPause, Radio, Search, Unplug } from "lucide-react";
import { Suspense, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { act } from "../api/act.ts";
import { useKept } from "../api/keep.ts";
import { environmentsQuery } from "../api/queries.ts";
import { connection } from "../live/connection.ts";
import { Button } from "../parts/button.tsx";
import { ConfirmButton } from "../parts/confirm.tsx";
import { lazily } from "../parts/lazily.ts";
import { sameIn, useEnvironment, useEnvironmentName } from "./environment.ts";
import { sideOpen } from "./sideOpen.ts";

const Palette = lazily(() => import("./palette.tsx"));

export function Top() {
  const [jumping, setJumping] = useState(false);
  const open = useKept(sideOpen);
  useShortcut(() => setJumping(true));
  return (
    <header className="top">
      <span className="menu-toggle">
        <Button
          look="quiet"
          icon
          aria-label="Pages"
          aria-expanded={open}
          aria-controls="side"
          onPress={() => sideOpen.set(!open)}
        >
          <Menu aria-hidden="true" />
        </Button>
      </span>
      <EnvironmentChoice />
      <StopButton />
      <span className="push row">
        <Liveness />
        <button
          type="button"
          className="button jump"
          aria-label="Jump to a tenant or page"
          onClick={() => setJumping(true)}
        >
          <Search aria-hidden="true" />
          <span className="jump-text">Jump to…</span> <kbd>/</kbd>
        </button>
      </span>
      {jumping && (
        <Suspense fallback={null}>
          <Palette onClose={() => setJumping(false)} />
        </Suspense>
      )}
    </header>
  );
}

/** `/` and Ctrl-K (or Cmd-K) from anywhere; `/` not while something is being typed. */
function useShortcut(onJump: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [role=dialog]");
      const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
      const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (!slash && !k) return;
      event.preventDefault();
      onJump();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [onJump]);
}

function EnvironmentChoice() {
  const name = useEnvironmentName();
  const { data } = useQuery(environmentsQuery);
  const [path, navigate] = useLocation();
  if (!data) return null;
  return (
    <select
      className="input"
      aria-label="Environment"
      value={name}
      onChange={(event) => navigate(sameIn(path, event.target.value))}
    >
      {data.map((environment) => (
        <option key={environment.name} value={environment.name}>
          {environment.name}
          {environment.stopped ? " (stopped)" : ""}
        </option>
      ))}
    </select>
  );
}

function StopButton() {
  const name = useEnvironmentName();
  const environment = useEnvironment(name);
  const client = useQueryClient();
  if (!environment || environment.stopped) return null;
  return (
    <ConfirmButton
      label={
        <>
          <OctagonPause aria-hidden="true" /> Stop
          <span className="hidden-visually"> everything in {name}</span>
        </>
      }
      look="quiet"
      small
      danger
      title={`Stop everything in ${name}`}
      verb={`Stop ${name}`}
      effect="Nothing new starts, and the weights of all tenants stay as they are, until it is resumed. Rollbacks still run. Customers notice nothing."
      run={(reason, key) => act.stop(name, reason, key)}
      onDone={() => void client.invalidateQueries({ queryKey: ["environments"] })}
    />
  );
}

function Liveness() {
  const { state } = useKept(connection);
  if (state === "live")
    return (
      <span className="row-tight small faint" title="Changes show by themselves">
        <Radio aria-hidden="true" /> <span className="live-word">Live</span>
      </span>
    );
  return (
    <span className="row-tight small status-bad">
      <Unplug aria-hidden="true" /> {state === "connecting" ? "Connecting…" : "Not live"}
    </span>
  );
}
