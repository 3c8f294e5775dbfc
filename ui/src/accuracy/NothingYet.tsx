import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { api } from "../api/client";
import { t } from "../language/work";
import styles from "./accuracy.module.css";

/** Why there is nothing to see, and what to do about it. */
export function NothingYet({ days, longer }: { days: number; longer: string }) {
  const about = useQuery({ queryKey: ["about"], queryFn: api.about, staleTime: Infinity });
  const isOff = about.data?.classifier === "off";
  return (
    <div className={styles.nothing}>
      <h2>{t.accuracy.nothingYet(days)}</h2>
      <p>{isOff ? t.accuracy.off : t.accuracy.fill}</p>
      <p>
        {!isOff && <Link href="/">{t.shell.submit}</Link>}
        {days < 365 && <Link href={longer}>{t.accuracy.longer}</Link>}
      </p>
    </div>
  );
}
