import type { Source } from "../api/types";
import { Star } from "../ui/Star";
import { isMachine, sources } from "./words";

/** Who set a field. */
export function By({ id, source }: { id?: string; source: Source }) {
  return (
    <small id={id} data-machine={isMachine(source) || undefined}>
      {isMachine(source) && <Star />} {sources[source]}
    </small>
  );
}
