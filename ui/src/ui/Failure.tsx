import { Problem } from "../api/client";
import { t } from "../language/work";
import { TryAgain } from "./TryAgain";

/** What failed, in its place, with a way to try again. */
export function Failure({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <div className="error">
      <div role="alert">
        <p>{error.message}</p>
        {error instanceof Problem && error.requestId && <p>{t.forms.request(error.requestId)}</p>}
      </div>
      <TryAgain error={error} retry={retry} />
    </div>
  );
}
