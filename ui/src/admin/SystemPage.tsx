import { useQuery } from "@tanstack/react-query";
import { admin } from "../api/admin";
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
  usePageTitle("System");
  return (
    <>
      <AdminNav />
      <div className={styles.head}>
        <h1>System</h1>
        {system && <span>frontdesk {system.version}</span>}
      </div>
      {query.isPending && <Late />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {system && (
        <>
          <div className={styles.columns}>
            <ClassifierFacts classifier={system.classifier} />
            <DatabaseFacts database={system.database} />
          </div>
          <h2>Settings in force</h2>
          <SettingTable settings={system.settings} />
        </>
      )}
    </>
  );
}
