import { t } from "../language/work";
import { useSession } from "../session/useSession";
import { usePageTitle } from "../ui/usePageTitle";
import { Keys } from "./Keys";
import { PasswordSection } from "./PasswordSection";
import { Preferences } from "./Preferences";
import { SecondFactor } from "./SecondFactor";
import { Sessions } from "./Sessions";
import styles from "./settings.module.css";
import { Tokens } from "./Tokens";

/** What a person can set for themselves; without an account that is how the pages look and listen. */
export default function SettingsPage() {
  const { account } = useSession(true);
  usePageTitle(t.settings.heading);
  return (
    <div className={styles.page}>
      <h1>{t.settings.heading}</h1>
      {account && (
        <p className={styles.who}>
          {t.settings.who(account.name, account.email, t.words.roles[account.role])}
        </p>
      )}
      {account && <PasswordSection email={account.email} />}
      {account && <SecondFactor account={account} />}
      {account && <Sessions />}
      {account && <Tokens role={account.role} />}
      <Preferences />
      <Keys />
    </div>
  );
}
