import type { System } from "../api/accounts";
import { number } from "../language/format";
import { t } from "../language/work";
import styles from "./admin.module.css";

export function ClassifierFacts({ classifier }: { classifier: System["classifier"] }) {
  const { breaker } = classifier;
  return (
    <section aria-labelledby="classifier">
      <h2 id="classifier">{t.system.classifier}</h2>
      <dl className={styles.facts}>
        <dt>{t.system.mode}</dt>
        <dd>{classifier.mode}</dd>
        {classifier.source && (
          <>
            <dt>{t.system.source}</dt>
            <dd>{classifier.source}</dd>
          </>
        )}
        {classifier.model && (
          <>
            <dt>{t.system.model}</dt>
            <dd>{classifier.model}</dd>
          </>
        )}
        {breaker && (
          <>
            <dt>{t.system.breaker}</dt>
            <dd>
              <span
                className={styles.tag}
                data-kind={breaker.state === "closed" ? undefined : "bad"}
              >
                {t.system.breakers[breaker.state] ?? breaker.state}
              </span>
            </dd>
            <dt>{t.system.failures}</dt>
            <dd className={styles.number}>{number(breaker.failures)}</dd>
            {breaker.last_failure && (
              <>
                <dt>{t.system.lastFailure}</dt>
                <dd>{breaker.last_failure}</dd>
              </>
            )}
            {breaker.retry_in_seconds !== undefined && (
              <>
                <dt>{t.system.nextTry}</dt>
                <dd className={styles.number}>{t.system.inSeconds(breaker.retry_in_seconds)}</dd>
              </>
            )}
          </>
        )}
      </dl>
    </section>
  );
}

export function DatabaseFacts({ database }: { database: System["database"] }) {
  const last = database.migrations.at(-1);
  return (
    <section aria-labelledby="database">
      <h2 id="database">{t.system.database}</h2>
      <dl className={styles.facts}>
        <dt>{t.system.kind}</dt>
        <dd>{database.backend}</dd>
        <dt>{t.admin.state}</dt>
        <dd>
          <span className={styles.tag} data-kind={database.ok ? undefined : "bad"}>
            {database.ok ? t.system.answers : t.system.noAnswer}
          </span>
        </dd>
        <dt>{t.system.migrations}</dt>
        <dd>
          {last ? (
            <details>
              <summary>
                {t.system.migrationCount(database.migrations.length, last.number, last.name)}
              </summary>
              <ol className={styles.migrations}>
                {database.migrations.map((one) => (
                  <li key={one.number} value={one.number}>
                    {one.name}
                  </li>
                ))}
              </ol>
            </details>
          ) : (
            t.system.noMigrations
          )}
        </dd>
      </dl>
    </section>
  );
}
