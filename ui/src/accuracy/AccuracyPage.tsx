import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useLocation, useSearch } from "wouter";
import { page as part } from "../language/page";
import { t } from "../language/work";
import { firstOf } from "../stats/days";
import page from "../stats/StatsPage.module.css";
import { Failure } from "../ui/Failure";
import { useLate } from "../ui/useLate";
import { usePageTitle } from "../ui/usePageTitle";
import styles from "./accuracy.module.css";
import { ModelReport } from "./ModelReport";
import { ModelsTable, nameOf } from "./ModelsTable";
import { NothingYet } from "./NothingYet";
import { daysOf, hrefWith, modelOf, RANGES } from "./range";
import { keyOf, report } from "./report";
import { Skeleton } from "./Skeleton";

// it stands at the end of the page
const ServerReport = part(() => import("./ServerReport"));
// few have one
const Shadow = lazy(async () => {
  const [shadow] = await Promise.all([
    import("./Shadow"),
    import("../language/shadow").then((words) => words.isReady),
  ]);
  return shadow;
});

/** How often suggestions are right, for each model. Range and model stand in the URL. */
export default function AccuracyPage() {
  const [, go] = useLocation();
  const search = useSearch();
  const days = daysOf(search);
  const query = useQuery({
    queryKey: ["classifier-report", days],
    queryFn: () => report(firstOf(days, new Date())),
    placeholderData: keepPreviousData,
    // it reads up to 20,000 suggestions
    staleTime: 60_000,
  });
  usePageTitle(t.accuracy.title);
  const waits = useLate(query.isPending);
  const data = query.data;
  const chosen = data && modelOf(search, data.models);

  return (
    <div className={styles.page}>
      <div className={page.head}>
        <h1>{t.accuracy.title}</h1>
        <label className={styles.range}>
          {t.stats.days}{" "}
          <select
            value={days}
            onChange={(event) => go(hrefWith(search, "days", event.target.value))}
          >
            {RANGES.map((days) => (
              <option key={days} value={days}>
                {days}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p className={styles.lead}>{t.accuracy.lead}</p>
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {waits && <Skeleton />}
      {data && (
        <div aria-busy={query.isPlaceholderData}>
          {!data.is_complete && <p className={styles.lead}>{t.accuracy.cut}</p>}
          {chosen ? (
            <>
              <section aria-label={t.accuracy.models.title}>
                <ModelsTable
                  models={data.models}
                  chosen={chosen}
                  href={(model) => hrefWith(search, "model", keyOf(model))}
                />
              </section>
              {data.models.length > 1 && (
                <p className={styles.about}>{t.accuracy.models.below(nameOf(chosen))}</p>
              )}
              <ModelReport key={keyOf(chosen)} report={data} model={chosen} />
              <small className={styles.note}>{t.accuracy.shares.meaning}</small>
            </>
          ) : (
            <NothingYet days={days} longer={hrefWith(search, "days", "365")} />
          )}
          {/* from here on it is about the server as a whole */}
          {data.shadow && (
            <Suspense fallback={null}>
              <Shadow report={data} shadow={data.shadow} />
            </Suspense>
          )}
          <Suspense fallback={null}>
            <ServerReport report={data} />
          </Suspense>
        </div>
      )}
    </div>
  );
}
