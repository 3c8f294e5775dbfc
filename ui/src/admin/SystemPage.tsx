import { useQuery } from "@tanstack/react-query";
import { admin } from "../api/admin";
import { t } from "../language/work";
import { Failure } from "../ui/Failure";
import { Late } from "../ui/Late";
import { usePageTitle } from "../ui/usePageTitle";
import { AdminNav } from "./AdminNav";
import styles from "./admin.module.css";
import { SettingTable } from "./SettingTable";
import { ClassifierFacts, DatabaseFacts } from "./SystemFacts";

/** The server as it runs: what it was told, by what, and how its parts are. */
export default function SystemPage() {
  const query = useQuery({
    queryKey: ["system"],
    queryFn: admin.system,
    refetchInterval: 15_000,
  });
  const system = query.data;
  usePageTitle(t.admin.system);
  return (
    <>
      <AdminNav />
      <div className={styles.head}>
        <h1>{t.admin.system}</h1>
        {system && <span>{t.system.version(system.version)}</span>}
      </div>
      {query.isPending && <Late />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {system && (
        <>
          <div className={styles.columns}>
            <ClassifierFacts classifier={system.classifier} />
            <DatabaseFacts database={system.database} />
          </div>
          <h2>{t.system.inForce}</h2>
          <SettingTable settings={system.settings} />
        </>
      )}
    </>
  );
}
