import { useQuery } from "@tanstack/react-query";
import {
  Activity,
  BookOpen,
  CalendarDays,
  Package,
  Play,
  Scale,
  ShieldCheck,
  TableProperties,
  BellDot,
  type LucideIcon,
} from "lucide-react";
import { useEffect } from "react";
import { Link, useLocation } from "wouter";
import { useKept } from "../api/keep.ts";
import { attentionQuery } from "../api/queries.ts";
import { Identity } from "./identity.tsx";
import { useEnvironmentName } from "./environment.ts";
import { sideOpen } from "./sideOpen.ts";

/** Where everything is. On a phone it slides in. */
export function Side() {
  const env = useEnvironmentName();
  const open = useKept(sideOpen);
  const [path] = useLocation();
  const needs = useQuery(attentionQuery).data;
  useEffect(() => sideOpen.set(false), [path]);
  useEffect(() => {
    const close = (event: KeyboardEvent): void => {
      if (event.key === "Escape") sideOpen.set(false);
    };
    document.addEventListener("keydown", close);
    return () => document.removeEventListener("keydown", close);
  }, []);
  const total = needs && Object.values(needs.counts).reduce((sum, one) => sum + one, 0);
  return (
    <aside className="side" id="side" data-open={open} aria-label="Teal">
      <Link href="/" className="brand">
        <img src="/icon.svg" alt="" />
        Teal
      </Link>
      <nav className="nav" aria-label="Pages">
        <Item href="/" icon={BellDot} count={total}>
          Needs you
        </Item>
        <Item href="/activity" icon={Activity}>
          Activity
        </Item>
        {env !== "" && (
          <>
            <p className="nav-heading">In {env}</p>
            <Item href={`/environments/${env}/fleet`} also={`/environments/${env}/tenants`} icon={TableProperties}>
              Fleet
            </Item>
            <Item href={`/environments/${env}/releases`} icon={Package}>
              Releases
            </Item>
            <Item href={`/environments/${env}/start`} icon={Play}>
              Start
            </Item>
            <Item href={`/environments/${env}/calendar`} icon={CalendarDays}>
              Calendar
            </Item>
            <Item href={`/environments/${env}/certificates`} icon={ShieldCheck}>
              Certificates
            </Item>
            <Item href={`/environments/${env}/policy`} icon={Scale}>
              Policy
            </Item>
          </>
        )}
      </nav>
      <div className="side-foot">
        <a className="row-tight small muted" href="/docs">
          <BookOpen aria-hidden="true" /> The API
        </a>
        <Identity />
      </div>
    </aside>
  );
}

function Item({
  href,
  also,
  icon: Icon,
  count,
  children,
}: {
  href: string;
  also?: string;
  icon: LucideIcon;
  count?: number | undefined;
  children: string;
}) {
  const [path] = useLocation();
  const here = href === "/" ? path === "/" : path.startsWith(href) || (also !== undefined && path.startsWith(also));
  return (
    <Link href={href} aria-current={here ? "page" : undefined}>
      <Icon aria-hidden="true" />
      {children}
      {count !== undefined && count > 0 && (
        <span className="count" aria-label={`${count} open`}>
          {count}
        </span>
      )}
    </Link>
  );
}
