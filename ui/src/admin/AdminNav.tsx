import { Link, useLocation } from "wouter";
import styles from "./admin.module.css";

const pages = [
  { href: "/admin/users", label: "People" },
  { href: "/admin/audit", label: "Audit log" },
  { href: "/admin/system", label: "System" },
];

export function AdminNav() {
  const [path] = useLocation();
  return (
    <nav aria-label="Administration" className={styles.nav}>
      {pages.map(({ href, label }) => (
        <Link key={href} href={href} aria-current={path === href ? "page" : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
