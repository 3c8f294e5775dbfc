import { useEffect, useId } from "react";
import { Problem } from "../api/client";
import { t } from "../language/work";
import { useCountdown } from "./useCountdown";

/** Tries what failed once more; where the server asked to wait, not before that, and it says how long. */
export function TryAgain({ error, retry }: { error: Error; retry: () => void }) {
  const id = useId();
  const { left, start } = useCountdown();
  const seconds = error instanceof Problem ? error.retryAfter : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each new answer
  useEffect(() => {
    if (seconds) start(seconds);
  }, [error, seconds]);
  return (
    <>
      {left > 0 && <p id={id}>{t.forms.retryIn(left)}</p>}
      <button
        type="button"
        aria-disabled={left > 0}
        aria-describedby={left > 0 ? id : undefined}
        onClick={() => left === 0 && retry()}
      >
        {t.ui.tryAgain}
      </button>
    </>
  );
}
