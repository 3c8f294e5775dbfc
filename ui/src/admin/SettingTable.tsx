import type { Setting } from "../api/accounts";
import { t } from "../language/work";
import styles from "./admin.module.css";

export function SettingTable({ settings }: { settings: Setting[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t.system.setting}</th>
          <th scope="col">{t.system.value}</th>
          <th scope="col">{t.system.setBy}</th>
        </tr>
      </thead>
      <tbody>
        {settings.map((setting) => (
          <tr key={setting.name}>
            <td>
              <code>{setting.name}</code>
            </td>
            <td data-name={t.system.value}>
              <Value setting={setting} />
            </td>
            <td data-name={t.system.setBy}>
              <span
                className={styles.tag}
                data-kind={setting.source === "default" ? undefined : "good"}
              >
                {t.system.sources[setting.source] ?? setting.source}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ setting }: { setting: Setting }) {
  if (setting.value === "") return <span className={styles.off}>{t.system.notSet}</span>;
  if (setting.is_secret) return <span className={styles.off}>{t.system.secret}</span>;
  return <code>{setting.value}</code>;
}
