import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Clock, Hand, Hourglass, Snowflake, Trash2, Wrench, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";
import { act } from "../../api/act.ts";
import { calendarQuery } from "../../api/queries.ts";
import type { CalendarItem } from "../../api/types.ts";
import { Button } from "../../parts/button.tsx";
import { Card } from "../../parts/card.tsx";
import { ConfirmButton } from "../../parts/confirm.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Empty } from "../../parts/note.tsx";
import { Page } from "../../parts/page.tsx";
import { useNow } from "../../parts/time.tsx";
import { counted } from "../../words/figures.ts";
import { clock, dayHeading, dayName } from "../../words/time.ts";
import { daysOf } from "./days.ts";
import { DeclareFreeze } from "./declareFreeze.tsx";

const twoWeeks = 14 * 24 * 60 * 60 * 1000;

/** What is due: windows, freezes, approvals that run out, holds that end, operations that wait for their hour. */
export default function CalendarPage({ env }: { env: string }) {
  const [today] = useState(() => new Date());
  const [page, setPage] = useState(0);
  const from = new Date(today.getTime() + page * twoWeeks);
  const [declaring, setDeclaring] = useState(false);
  const to = new Date(from.getTime() + twoWeeks);
  const calendar = useQuery(calendarQuery(env, from.toISOString(), to.toISOString()));
  const now = useNow();
  return (
    <Page
      title="Calendar"
      name={`Calendar of ${env}`}
      lead={`What is due in ${env}, by your clock.`}
      actions={<Button onPress={() => setDeclaring(true)}>Declare a freeze</Button>}
    >
      <div className="row">
        <Button small onPress={() => setPage(page - 1)} isDisabled={page === 0}>
          Earlier
        </Button>
        <span className="strong">
          {dayName(from)} to {dayName(to)}
        </span>
        <Button small onPress={() => setPage(page + 1)}>
          Later
        </Button>
      </div>
      <Loaded query={calendar} what="the calendar" lines={9}>
        {({ items, more, always }) => (
          <>
            {items.length === 0 ? (
              <Card title="Nothing is due">
                <Empty title="No freeze, no window, nothing that waits for its hour.">
                  <p className="muted">
                    {always > 0 && `${counted(always, "tenant")} can be changed at any time. `}
                    Maintenance windows are set in the policy; a freeze lets no rollout begin while it lasts, and is
                    declared here.
                  </p>
                </Empty>
              </Card>
            ) : (
              daysOf(items, from).map((day) => (
                <Card key={day.at.getTime()} title={heading(day.at, now)} flush>
                  <ul className="activity">
                    {day.items.map((item, i) => (
                      <Item key={i} item={item} env={env} />
                    ))}
                  </ul>
                </Card>
              ))
            )}
            {more && <p className="muted">There is more than is shown: look at a later time.</p>}
            {items.length > 0 && always > 0 && (
              <p className="small muted">{counted(always, "tenant")} without windows can be changed at any time.</p>
            )}
          </>
        )}
      </Loaded>
      {declaring && <DeclareFreeze env={env} onClose={() => setDeclaring(false)} />}
    </Page>
  );
}

function heading(at: Date, now: Date): string {
  const day = dayHeading(at, now);
  return day === dayName(at) ? day : `${day}, ${dayName(at)}`;
}

function Item({ item, env }: { item: CalendarItem; env: string }) {
  const { icon: Icon, what } = looks[item.what];
  return (
    <li>
      <div className="row">
        <span className="row-tight strong">
          <Icon aria-hidden="true" /> {what}
        </span>
        <span className="nowrap">{times(item)}</span>
        <span className="breaks">
          <Details item={item} env={env} />
        </span>
        {item.what === "freeze" && (
          <span className="push">
            <LiftFreeze env={env} id={item.id} reason={item.reason} />
          </span>
        )}
      </div>
    </li>
  );
}

const looks: Record<CalendarItem["what"], { icon: LucideIcon; what: string }> = {
  window: { icon: Wrench, what: "Window" },
  freeze: { icon: Snowflake, what: "Freeze" },
  approval: { icon: Hand, what: "Approval runs out" },
  hold: { icon: Hourglass, what: "Hold ends" },
  removal: { icon: Trash2, what: "Is removed" },
  due: { icon: Clock, what: "Begins" },
};

function times(item: CalendarItem): string {
  if (!("from" in item)) return clock(new Date(item.at));
  const [from, to] = [new Date(item.from), new Date(item.to)];
  const sameDay = from.toDateString() === to.toDateString();
  return `${clock(from)} to ${sameDay ? "" : `${dayName(to)} `}${clock(to)}`;
}

function Details({ item, env }: { item: CalendarItem; env: string }) {
  switch (item.what) {
    case "window":
      return (
        <span className="muted">
          {counted(item.tenants, "tenant")} in {item.timeZone}
        </span>
      );
    case "freeze":
      return (
        <>
          “{item.reason}” <span className="muted">by {item.by}</span>
        </>
      );
    case "approval":
    case "hold":
    case "removal":
      return <Link href={`/operations/${item.operation}`}>{item.tenant}</Link>;
    case "due":
      return (
        <>
          {counted(item.operations, "operation")} of{" "}
          {item.tenants.map((tenant, i) => (
            <span key={tenant}>
              {i > 0 && ", "}
              <Link href={`/environments/${env}/tenants/${tenant}`}>{tenant}</Link>
            </span>
          ))}
          {item.operations > item.tenants.length && " and more"}
          <span className="muted"> {item.code === "frozen" ? "when the freeze ends" : "in their window"}</span>
        </>
      );
  }
}

function LiftFreeze({ env, id, reason }: { env: string; id: string; reason: string }) {
  const client = useQueryClient();
  return (
    <ConfirmButton
      label="Lift"
      small
      title="Lift the freeze"
      verb="Lift"
      effect={`“${reason}” ends now, and what waited for its end goes on.`}
      run={(why) => act.liftFreeze(env, id, why)}
      onDone={() => void client.invalidateQueries({ queryKey: ["calendar", env] })}
    />
  );
}
