import { useEffect, useState } from "react";
import { t } from "../language/work";
import { secondsAgo } from "../tickets/ago";

/** Ticks in no live region: nobody wants it read. */
export function Age({ since, className }: { since: number; className?: string }) {
  const [now, setNow] = useState(Date.now());
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new look starts anew
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, 5_000);
    return () => clearInterval(timer);
  }, [since]);
  return (
    <span className={className}>
      {t.stats.updated(secondsAgo(new Date(since).toISOString(), now))}
    </span>
  );
}
