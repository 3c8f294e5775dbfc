import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { api } from "../api/client";
import styles from "./accuracy.module.css";
import { nothingYet, texts } from "./words";

/** Why there is nothing to see, and what to do about it. */
export function NothingYet({ days, longer }: { days: number; longer: string }) {
  const about = useQuery({ queryKey: ["about"], queryFn: api.about, staleTime: Infinity });
  const isOff = about.data?.classifier === "off";
  return (
    <div className={styles.nothing}>
      <h2>{nothingYet(days)}</h2>
      <p>{isOff ? texts.off : texts.fill}</p>
      <p>
        {!isOff && <Link href="/">{texts.fileOne}</Link>}
        {days < 365 && <Link href={longer}>{texts.longer}</Link>}
      </p>
    </div>
  );
}
