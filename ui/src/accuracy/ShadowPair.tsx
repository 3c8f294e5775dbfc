import { number } from "../language/format";
import { words } from "../language/shadow";
import { t } from "../language/work";
import styles from "./accuracy.module.css";
import { Chart } from "./Chart";
import { IntervalBar } from "./IntervalBar";
import { inWords } from "./ModelsTable";
import { NumbersTable } from "./NumbersTable";
import { percent, span } from "./numbers";
import type { FieldName, Model, Paired, Share } from "./report";
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
          head={[
            t.accuracy.shares.what,
            t.accuracy.shares.counted,
            t.accuracy.shares.share,
            t.accuracy.shares.interval,
          ]}
          rows={[
            ...rows.map(
              ([name, share]) =>
                [
                  name,
                  number(share.n),
                  share.share === null ? "–" : percent(share.share),
                  share.share === null ? "–" : span(share),
                ] as [string, ...string[]],
            ),
            [words.only(served), number(pair.only_served), "–", "–"],
            [words.only(shadow), number(pair.only_shadow), "–", "–"],
          ]}
        />
      }
    >
      <dl className={styles.shares}>
        {rows.map(([name, share]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <IntervalBar {...share} />
              {inWords(share)}
            </dd>
          </div>
        ))}
      </dl>
    </Chart>
  );
}
