import type { BulkResult, Ticket } from "../api/types";
import { t } from "../language/work";

export type Outcome = {
  /** As the server has them now. */
  changed: Ticket[];
  /** Why each of the others is as it was, in the order of the request. */
  failed: Map<number, string>;
};

/** What became of many tickets at once. One that the server does not mention was not changed. */
export function outcome(asked: number[], results: BulkResult[]): Outcome {
  const changed: Ticket[] = [];
  const failed = new Map<number, string>();
  const byId = new Map(results.map((result) => [result.id, result]));
  for (const id of asked) {
    const result = byId.get(id);
    if (result?.status === 200 && result.ticket) changed.push(result.ticket);
    else failed.set(id, reason(result));
  }
  return { changed, failed };
}

function reason(result: BulkResult | undefined): string {
  if (result?.status === 412) return t.bulk.changedMeanwhile;
  if (result?.status === 404) return t.bulk.deleted;
  return result?.detail ?? t.bulk.noReason;
}

/** "3 tickets changed, 1 not." */
export const inWords = ({ changed, failed }: Outcome): string =>
  t.bulk.changed(changed.length, failed.size);
