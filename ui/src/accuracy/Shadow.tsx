import { words } from "../language/shadow";
import styles from "./accuracy.module.css";
import { fields, keyOf, type Report } from "./report";
import { ShadowAsked } from "./ShadowAsked";
import { ShadowPair } from "./ShadowPair";

/** A source that is asked silently: how it did beside the one that serves, and what became of the questions. */
export default function Shadow({ report, shadow }: { report: Report; shadow: Report["shadow"] }) {
  if (!shadow) return null;
  const pairs = report.models.flatMap((model) =>
    model.paired.map((paired) => ({
      model,
      paired,
      key: [keyOf(model), paired.source, paired.model],
    })),
  );
  const isAsked = shadow.asked.some(
    ({ source, model }) => source === shadow.source && model === shadow.model,
  );
  return (
    <>
      {pairs.length > 0 && (
        <>
          <div className={styles.pairs}>
            {pairs.flatMap(({ model, paired, key }, nth) =>
              fields.map((field) => (
                <ShadowPair
                  key={[...key, field].join(" ")}
                  name={`shadow-${nth}-${field}`}
                  model={model}
                  paired={paired}
                  field={field}
                />
              )),
            )}
          </div>
          <small className={styles.note}>{words.meaning}</small>
        </>
      )}
      <div className={styles.pairs}>
        {shadow.source && !isAsked && <ShadowAsked name="shadow-asked" source={shadow.source} />}
        {shadow.asked.map((asked, nth) => (
          <ShadowAsked
            key={asked.source + asked.model}
            name={`shadow-asked-${nth}`}
            source={asked.source}
            asked={asked}
            waiting={asked.model === shadow.model ? shadow.waiting : 0}
          />
        ))}
      </div>
    </>
  );
}
