import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Dialog } from "react-aria-components/Dialog";
import { Input } from "react-aria-components/Input";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { SearchField } from "react-aria-components/SearchField";
import { useLocation } from "wouter";
import { fleetQuery } from "../api/fleet.ts";
import { releasesQuery } from "../api/queries.ts";
import { useEnvironmentName } from "./environment.ts";
import { found, type Target } from "./targets.ts";

/** Types, and goes there: tenants by id, name or host name, releases, pages. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const env = useEnvironmentName();
  const client = useQueryClient();
  const rows = useQuery({ ...fleetQuery(client, env), enabled: env !== "" }).data?.fleet.items;
  const releases = useQuery({ ...releasesQuery(env), enabled: env !== "" }).data;
  const [text, setText] = useState("");
  const [, navigate] = useLocation();
  const targets = useMemo(() => found(text, env, rows ?? [], releases ?? []), [text, env, rows, releases]);
  const go = (key: unknown): void => {
    onClose();
    navigate(String(key));
  };
  return (
    <ModalOverlay isOpen isDismissable className="overlay" onOpenChange={(open) => open || onClose()}>
      <Modal className="dialog-box">
        <Dialog aria-label="Jump to" className="palette">
          <Autocomplete inputValue={text} onInputChange={setText} filter={() => true}>
            {/* eslint-disable-next-line jsx-a11y/no-autofocus -- It was opened to type into. */}
            <SearchField aria-label={`Tenant, release or page in ${env}`} autoFocus>
              <Input className="palette-input" placeholder={`Tenant, release or page in ${env}`} />
            </SearchField>
            <ListBox
              aria-label="Where to"
              className="palette-list"
              items={targets}
              selectionMode="none"
              onAction={go}
              renderEmptyState={() => <p className="muted">Nothing in {env} is called like that.</p>}
            >
              {(target: Target) => (
                <ListBoxItem id={target.id} textValue={target.name} className="palette-item">
                  <span className="strong">{target.name}</span>
                  <span className="small faint push nowrap">{target.what}</span>
                </ListBoxItem>
              )}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
