import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useLocation, useSearch } from "wouter";
import { admin } from "../api/admin";
import { t } from "../language/work";
import { Failure } from "../ui/Failure";
import { SelectField } from "../ui/forms/Field";
import { Late } from "../ui/Late";
import { usePageTitle } from "../ui/usePageTitle";
import { ActionFilter } from "./ActionFilter";
import { AdminNav } from "./AdminNav";
import { AuditTable } from "./AuditTable";
import styles from "./admin.module.css";

const PAGE = "50";

/** What happened around accounts, and who did it. The filter stands in the URL. */
export default function AuditPage() {
  const search = useSearch();
  const [, go] = useLocation();
  const filter = new URLSearchParams(search);
  const people = useQuery({ queryKey: ["accounts"], queryFn: admin.accounts });
  const query = useInfiniteQuery({
    queryKey: ["audit", search],
    queryFn: ({ pageParam }) => admin.audit(pageParam),
    initialPageParam: new URLSearchParams([...filter, ["limit", PAGE]]).toString(),
    getNextPageParam: (page) => page.next?.split("?")[1],
  });
  const events = query.data?.pages.flatMap((page) => page.results);
  usePageTitle(t.admin.audit);

  function set(name: string, value: string) {
    const changed = new URLSearchParams(window.location.search);
    if (value) changed.set(name, value);
    else changed.delete(name);
    const text = changed.toString();
    go(`/admin/audit${text && `?${text}`}`, { replace: true });
  }

  return (
    <>
      <AdminNav />
      <div className={styles.head}>
        <h1>{t.admin.audit}</h1>
        <a href="/api/audit/export/" download>
          {t.forms.exportCsv}
        </a>
      </div>
      <div className={styles.filters}>
        <ActionFilter value={filter.get("action") ?? ""} set={(value) => set("action", value)} />
        <SelectField
          label={t.audit.person}
          value={filter.get("actor_id") ?? ""}
          onChange={(event) => set("actor_id", event.target.value)}
        >
          <option value="">{t.audit.everybody}</option>
          {people.data?.results.map((account) => (
            <option key={account.id} value={account.id}>
              {account.name}
            </option>
          ))}
        </SelectField>
      </div>
      {query.isPending && <Late />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {events?.length === 0 && <p className={styles.empty}>{t.audit.none}</p>}
      {events && events.length > 0 && <AuditTable events={events} />}
      {query.hasNextPage && (
        <button
          type="button"
          className={styles.more}
          aria-busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t.forms.showEarlier}
        </button>
      )}
    </>
  );
}
