import { Problem } from "../api/client";

/** What failed, in its place, with a way to try again. */
export function Failure({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <div role="alert" className="error">
      <p>{error.message}</p>
      {error instanceof Problem && error.requestId && <p>Request {error.requestId}</p>}
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
