import { Link, useLocation } from "wouter";
import { t } from "../language/work";
import styles from "./admin.module.css";

const pages = [
  { href: "/admin/users", name: "people" },
  { href: "/admin/audit", name: "audit" },
  { href: "/admin/system", name: "system" },
] as const;

export function AdminNav() {
  const [path] = useLocation();
  return (
    <nav aria-label={t.admin.label} className={styles.nav}>
      {pages.map(({ href, name }) => (
        <Link key={href} href={href} aria-current={path === href ? "page" : undefined}>
          {t.admin[name]}
        </Link>
      ))}
    </nav>
  );
}
