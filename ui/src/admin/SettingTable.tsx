import type { Setting } from "../api/accounts";
import styles from "./admin.module.css";

const sources: Record<Setting["source"], string> = {
  default: "default",
  environment: "environment",
  flag: "command line",
  file: "file",
};

export function SettingTable({ settings }: { settings: Setting[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Setting</th>
          <th scope="col">Value</th>
          <th scope="col">Set by</th>
        </tr>
      </thead>
      <tbody>
        {settings.map((setting) => (
          <tr key={setting.name}>
            <td>
              <code>{setting.name}</code>
            </td>
            <td data-name="Value">
              <Value setting={setting} />
            </td>
            <td data-name="Set by">
              <span
                className={styles.tag}
                data-kind={setting.source === "default" ? undefined : "good"}
              >
                {sources[setting.source] ?? setting.source}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ setting }: { setting: Setting }) {
  if (setting.value === "") return <span className={styles.off}>not set</span>;
  if (setting.is_secret) return <span className={styles.off}>set, and kept secret</span>;
  return <code>{setting.value}</code>;
}
