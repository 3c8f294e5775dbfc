import { number } from "../language/format";
import { words } from "../language/shadow";
import { t } from "../language/work";
import { Chart } from "./Chart";
import { NumbersTable } from "./NumbersTable";
import type { FieldName, Model, Paired, Share } from "./report";
import { ShareBars, shareHead, shareRows } from "./ShareBars";
import { describePair, namesOf } from "./shadowWords";

/** One field: the source in the shadow and the one that served, on the tickets that both judged. */
export function ShadowPair(props: {
  name: string;
  model: Model;
  paired: Paired;
  field: FieldName;
}) {
  const pair = props.paired[props.field];
  const { shadow, served } = namesOf(props.model, props.paired);
  const title = words.pair(t.words[props.field], shadow, served);
  const rows: [string, Share][] = [
    [words.served(served), pair.served],
    [words.shadow(shadow), pair.shadow],
    [words.differ, pair.differ],
  ];
  return (
    <Chart
      name={props.name}
      title={title}
      sentence={describePair(pair, shadow)}
      numbers={
        <NumbersTable
          caption={title}
          head={shareHead()}
          rows={[
            ...shareRows(rows),
            [words.only(served), number(pair.only_served), "–", "–"],
            [words.only(shadow), number(pair.only_shadow), "–", "–"],
          ]}
        />
      }
    >
      <ShareBars shares={rows} />
    </Chart>
  );
}
