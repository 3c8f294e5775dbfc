import { Link } from "wouter";
import styles from "./accuracy.module.css";
import { isShadow } from "./counted";
import { IntervalBar } from "./IntervalBar";
import { count, percent, span } from "./numbers";
import { keyOf, type Model, type Share } from "./report";
import { sourceName } from "./sentences";
import { type FieldName, fieldNames, shares, texts, models as words } from "./words";

const fields = Object.keys(fieldNames) as FieldName[];

/** Every model of the range beside the others; where there are several, its name shows the rest of it. */
export function ModelsTable(props: {
  models: Model[];
  chosen: Model;
  href: (model: Model) => string;
}) {
  const isOne = (model: Model) => model === props.chosen;
  return (
    <table className={styles.models}>
      <caption className="unseen">{words.title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.model}</th>
          <th scope="col">{words.suggestions}</th>
          {fields.map((field) => (
            <th key={field} scope="col">
              {words.right(fieldNames[field])}
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
              )}
              {isShadow(model) && " "}
              {isShadow(model) && (
                <span className={styles.shadow} title={texts.shadowMeans}>
                  {texts.shadow}
                </span>
              )}{" "}
              <small>{versionsOf(model)}</small>
            </th>
            <td data-name={words.suggestions}>{count(model.suggestions)}</td>
            {fields.map((field) => (
              <td key={field} data-name={words.right(fieldNames[field])}>
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

export const versionsOf = ({ model, model_version, prompt_version }: Model) =>
  [model, model_version, prompt_version && words.prompt(prompt_version)]
    .filter(Boolean)
    .join(" · ");

export const nameOf = (model: Model) => `${sourceName(model.source)} (${versionsOf(model)})`;

/** "83 % (5 of 6; 44 to 97 %)" */
export const inWords = (share: Share) =>
  share.share === null
    ? shares.none
    : `${percent(share.share)} (${count(share.k)} of ${count(share.n)}; ${span(share)})`;
