import { useEffect, useState } from "react";

/** True once something has lasted: what is over sooner is not worth showing. */
export function useLate(lasts: boolean, milliseconds = 150): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!lasts) return setLate(false);
    const timer = setTimeout(() => setLate(true), milliseconds);
    return () => clearTimeout(timer);
  }, [lasts, milliseconds]);
  return lasts && late;
}
