import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { admin } from "../api/admin";
import { t } from "../language/work";
import { Failure } from "../ui/Failure";
import { Late } from "../ui/Late";
import { usePageTitle } from "../ui/usePageTitle";
import { AccountDialog } from "./AccountDialog";
import { AdminNav } from "./AdminNav";
import styles from "./admin.module.css";
import { InviteDialog } from "./InviteDialog";
import { UserTable } from "./UserTable";

/** Who works here, and as what. */
export default function UsersPage() {
  const query = useQuery({ queryKey: ["accounts"], queryFn: admin.accounts });
  const [invites, setInvites] = useState(false);
  const [openId, setOpenId] = useState<number | null>(null);
  const open = query.data?.results.find((account) => account.id === openId);
  usePageTitle(t.admin.people);
  return (
    <>
      <AdminNav />
      <div className={styles.head}>
        <h1>{t.admin.people}</h1>
        <button type="button" className="primary" onClick={() => setInvites(true)}>
          {t.admin.invite}
        </button>
      </div>
      {query.isPending && <Late />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <UserTable accounts={query.data.results} open={(account) => setOpenId(account.id)} />
      )}
      {invites && <InviteDialog close={() => setInvites(false)} />}
      {open && <AccountDialog key={open.id} account={open} close={() => setOpenId(null)} />}
    </>
  );
}
