import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { useLocation } from "wouter";
import { act } from "../../api/act.ts";
import type { Tenant } from "../../api/types.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { TextField } from "../../parts/field.tsx";
import { doingsOf, type Doing } from "./doings.ts";

/** What can be done with a tenant: the next release foremost, the rest in a menu that says why something can't be. */
export function TenantActions({ tenant }: { tenant: Tenant }) {
  const [chosen, setChosen] = useState<Doing | null>(null);
  const doings = doingsOf(tenant);
  const { environment, id, operation, suspended, maintenance } = tenant;
  return (
    <>
      {!operation && (!suspended || maintenance) && tenant.live !== null && (
        <LinkButton href={`/environments/${environment}/start/rollout?tenant=${id}`} look="primary">
          Roll out…
        </LinkButton>
      )}
      <MenuTrigger>
        <Button>
          More <ChevronDown aria-hidden="true" />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu
            className="menu"
            disabledKeys={doings.filter(({ whyNot }) => whyNot !== undefined).map(({ name }) => name)}
            onAction={(key) => setChosen(doings.find(({ name }) => name === key) ?? null)}
          >
            {doings.map(({ name, verb, whyNot, short }) => (
              <MenuItem key={name} id={name} className="menu-item" textValue={verb}>
                <span className="strong">{verb}…</span>
                <span className="small">{whyNot ?? short}</span>
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      {chosen && <ConfirmDoing key={chosen.name} doing={chosen} tenant={tenant} onClose={() => setChosen(null)} />}
    </>
  );
}

function ConfirmDoing({ doing, tenant, onClose }: { doing: Doing; tenant: Tenant; onClose: () => void }) {
  const [, navigate] = useLocation();
  const [pods, setPods] = useState(tenant.replicas === null ? "" : String(tenant.replicas));
  const [typed, setTyped] = useState("");
  const [grace, setGrace] = useState("");
  const path = { env: tenant.environment, id: tenant.id };
  const run = (reason: string, key: string) => {
    switch (doing.name) {
      case "rollback":
        return act.rollBack(path, reason, key);
      case "restart":
        return act.restart(path, reason, key);
      case "scale":
        return act.scale(path, pods.trim() === "" ? null : Number(pods), reason, key);
      case "suspend":
        return act.suspend(path, reason, key);
      case "unsuspend":
        return act.unsuspend(path, reason, key);
      case "offboard":
        if (typed !== tenant.id) throw new Error(`Type ${tenant.id} to say that you mean it; you typed “${typed}”.`);
        return act.offboard(path, reason, grace.trim() === "" ? undefined : Math.round(Number(grace) * 3600));
    }
  };
  return (
    <Confirm
      title={`${doing.verb}: ${tenant.name}`}
      effect={doing.effect}
      verb={doing.verb}
      danger={doing.danger}
      run={async (reason, key) => run(reason, key)}
      onDone={(operation) => navigate(`/operations/${operation.id}`)}
      onClose={onClose}
    >
      {doing.name === "scale" && (
        <TextField
          label="Web pods"
          type="number"
          optional
          hint={`1 to 20; left empty: as many as the tier (${tenant.tier}) says.`}
          value={pods}
          onChange={setPods}
        />
      )}
      {doing.name === "offboard" && (
        <>
          <TextField
            label="Hours until it is removed"
            type="number"
            optional
            hint="Meanwhile it can come back as it was. Left empty: as the policy says."
            value={grace}
            onChange={setGrace}
          />
          <TextField label={`Type ${tenant.id} to say that you mean it`} value={typed} onChange={setTyped} mono />
        </>
      )}
    </Confirm>
  );
}
