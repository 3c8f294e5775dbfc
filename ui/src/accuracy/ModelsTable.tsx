import { Link } from "wouter";
import { number } from "../language/format";
import { t } from "../language/work";
import styles from "./accuracy.module.css";
import { IntervalBar } from "./IntervalBar";
import { percent, span } from "./numbers";
import { fields, keyOf, type Model, type Share } from "./report";
import { sourceName } from "./sentences";

/** Every model of the range beside the others; where there are several, its name shows the rest of it. */
export function ModelsTable(props: {
  models: Model[];
  chosen: Model;
  href: (model: Model) => string;
}) {
  const isOne = (model: Model) => model === props.chosen;
  return (
    <table className={styles.models}>
      <caption className="unseen">{t.accuracy.models.title}</caption>
      <thead>
        <tr>
          <th scope="col">{t.accuracy.models.model}</th>
          <th scope="col">{t.accuracy.models.suggestions}</th>
          {fields.map((field) => (
            <th key={field} scope="col">
              {t.accuracy.models.right(t.words[field])}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.models.map((model) => (
          <tr
            key={keyOf(model)}
            data-chosen={(isOne(model) && props.models.length > 1) || undefined}
          >
            <th scope="row">
              {props.models.length > 1 ? (
                <Link href={props.href(model)} aria-current={isOne(model) ? "true" : undefined}>
                  {sourceName(model.source)}
                </Link>
              ) : (
                sourceName(model.source)
              )}{" "}
              <small>{versionsOf(model)}</small>
            </th>
            <td data-name={t.accuracy.models.suggestions}>{number(model.suggestions)}</td>
            {fields.map((field) => (
              <td key={field} data-name={t.accuracy.models.right(t.words[field])}>
                <IntervalBar {...model[field].accuracy} />
                {inWords(model[field].accuracy)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export const versionsOf = ({ role, model, refits, model_version, prompt_version }: Model) =>
  [
    model,
    refits && t.accuracy.models.learning(refits),
    model_version,
    prompt_version && t.accuracy.models.prompt(prompt_version),
    role === "shadow" && t.accuracy.models.shadow,
  ]
    .filter(Boolean)
    .join(" · ");

export const nameOf = (model: Model) => `${sourceName(model.source)} (${versionsOf(model)})`;

/** "83 % (5 of 6; 44 to 97 %)" */
export const inWords = (share: Share) =>
  share.share === null
    ? t.accuracy.shares.none
    : t.accuracy.withSample(percent(share.share), number(share.k), number(share.n), span(share));
