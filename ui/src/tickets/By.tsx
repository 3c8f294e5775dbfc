import type { Source } from "../api/types";
import { t } from "../language/text";
import { Star } from "../ui/Star";
import { isMachine } from "./words";

/** Who set a field; `person` says it where that is who reads it. */
export function By(props: { id?: string; source: Source; person?: string }) {
  const { source } = props;
  const isPerson = source === "requester" || source === "agent";
  return (
    <small id={props.id} data-machine={isMachine(source) || undefined}>
      {isMachine(source) && <Star />}{" "}
      {isPerson && props.person ? props.person : t.words.sources[source]}
    </small>
  );
}
