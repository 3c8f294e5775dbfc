import type { RefObject } from "react";

/** A field that people do not see, and programs fill in. */
export function Trap({ field }: { field: RefObject<HTMLInputElement | null> }) {
  return (
    <div className="unseen" aria-hidden="true">
      <label>
        Website <input ref={field} name="website" tabIndex={-1} autoComplete="off" />
      </label>
    </div>
  );
}
