import type { Source } from "../api/types";
import { Options } from "../ui/Options";
import { By } from "./By";

/** A field of a ticket that can be changed, and who set it. */
export function FieldSelect(props: {
  name: "Status" | "Category" | "Priority";
  label: string;
  value: string;
  words: Record<string, string>;
  change: (word: string) => void;
  source?: Source;
}) {
  const { source } = props;
  const id = `ticket-${props.name}`;
  return (
    <div>
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        value={props.value}
        onChange={(event) => props.change(event.target.value)}
        aria-describedby={source ? `${id}-note` : undefined}
      >
        <Options words={props.words} />
      </select>
      {source && <By id={`${id}-note`} source={source} />}
    </div>
  );
}
