import type { Source } from "../api/types";
import { isMachine, sources } from "../tickets/words";
import { Star } from "../ui/Star";

/** Who set a field, as the one who files sees it. */
export function By({ id, source }: { id?: string; source: Source }) {
  const isPerson = source === "requester" || source === "agent";
  return (
    <small id={id} data-machine={isMachine(source) || undefined}>
      {isMachine(source) && <Star />} {isPerson ? "chosen by you" : sources[source]}
    </small>
  );
}
