import type { System } from "../api/accounts";
import styles from "./admin.module.css";

export function ClassifierFacts({ classifier }: { classifier: System["classifier"] }) {
  const { breaker } = classifier;
  return (
    <section aria-labelledby="classifier">
      <h2 id="classifier">Classifier</h2>
      <dl className={styles.facts}>
        <dt>Mode</dt>
        <dd>{classifier.mode}</dd>
        {classifier.source && (
          <>
            <dt>Source</dt>
            <dd>{classifier.source}</dd>
          </>
        )}
        {classifier.model && (
          <>
            <dt>Model</dt>
            <dd>{classifier.model}</dd>
          </>
        )}
        {breaker && (
          <>
            <dt>Breaker</dt>
            <dd>
              <span
                className={styles.tag}
                data-kind={breaker.state === "closed" ? undefined : "bad"}
              >
                {states[breaker.state] ?? breaker.state}
              </span>
            </dd>
            <dt>Failures in a row</dt>
            <dd className={styles.number}>{breaker.failures}</dd>
            {breaker.last_failure && (
              <>
                <dt>Last failure</dt>
                <dd>{breaker.last_failure}</dd>
              </>
            )}
            {breaker.retry_in_seconds !== undefined && (
              <>
                <dt>Next try</dt>
                <dd className={styles.number}>in {breaker.retry_in_seconds} s</dd>
              </>
            )}
          </>
        )}
      </dl>
    </section>
  );
}

/** "Open" is good news of a shop and bad news of a breaker: it is said what it means. */
const states: Record<string, string> = {
  closed: "closed: the model is asked",
  open: "open: the model is left alone",
  half_open: "half open: one try is made",
};

export function DatabaseFacts({ database }: { database: System["database"] }) {
  const last = database.migrations.at(-1);
  return (
    <section aria-labelledby="database">
      <h2 id="database">Database</h2>
      <dl className={styles.facts}>
        <dt>Kind</dt>
        <dd>{database.backend}</dd>
        <dt>State</dt>
        <dd>
          <span className={styles.tag} data-kind={database.ok ? undefined : "bad"}>
            {database.ok ? "answers" : "does not answer"}
          </span>
        </dd>
        <dt>Migrations</dt>
        <dd>
          {last ? (
            <details>
              <summary>
                {database.migrations.length}, the last is {last.number} {last.name}
              </summary>
              <ol className={styles.migrations}>
                {database.migrations.map(({ number, name }) => (
                  <li key={number} value={number}>
                    {name}
                  </li>
                ))}
              </ol>
            </details>
          ) : (
            "none"
          )}
        </dd>
      </dl>
    </section>
  );
}
