import { nameOf, namespace as teal } from "../control-plane/names.ts";
import { namespaces } from "../names.ts";

/** Secret that Alertmanager takes Teal's token from, and the key in it. */
export const alertsSecret = { name: "teal-alerts", key: "token" } as const;

/** How soon Teal counts an alert as over that nobody repeats is model/alert.ts's to say: an hour. */
const repeat = "15m";

/** As the operator mounts what `alertmanagerSpec.secrets` names. */
const credentials = `/etc/alertmanager/secrets/${alertsSecret.name}/${alertsSecret.key}`;

const call = {
  url: `http://${nameOf("server")}.${teal}/v1/alerts`,
  send_resolved: true,
  // Of more Teal takes 500.
  max_alerts: 100,
  http_config: { authorization: { type: "Bearer", credentials_file: credentials } },
};

/** A receiver of its own, so that the watchdog's failures show as such. */
export const tealReceivers = [
  { name: "teal", webhook_configs: [call] },
  { name: "teal-watchdog", webhook_configs: [call] },
];

/** The dead man's switch: told every minute or two, so that silence means that something is broken. */
export const watchdogRoute = {
  receiver: "teal-watchdog",
  matchers: ['alertname = "Watchdog"'],
  group_wait: "0s",
  group_interval: "1m",
  repeat_interval: "1m",
};

/** What needs a person, to Teal too. */
export const tealRoute = {
  receiver: "teal",
  matchers: ['severity =~ "page|critical|ticket|warning"'],
  continue: true,
  group_wait: "15s",
  group_interval: "1m",
  repeat_interval: repeat,
};

export function alertsTokenSecret<Text>(token: Text) {
  return {
    metadata: {
      name: alertsSecret.name,
      namespace: namespaces.monitoring,
      labels: { "app.kubernetes.io/managed-by": "pulumi" },
    },
    stringData: { [alertsSecret.key]: token },
  };
}
