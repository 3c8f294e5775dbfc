import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { call, json } from "../api/client";
import { moment, number } from "../language/format";
import { page } from "../language/page";
import { t } from "../language/work";
import { useSession } from "../session/useSession";
import { Failure } from "../ui/Failure";
import styles from "./accuracy.module.css";
import { Chart } from "./Chart";
import { IntervalBar } from "./IntervalBar";
import { inWords } from "./ModelsTable";
import { fields, type Learnt } from "./report";

const Confirm = page(() => import("../ui/forms/Confirm"));
const PATH = "/api/classifier/learning/";
const KEY = ["learning"];

/** What the built-in classifier has learnt from tickets that agents finished. Admins switch it, agents see it. */
export default function Learning() {
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call<Learnt>("GET", PATH, { signal }),
  });
  const learnt = query.data;
  const words = t.accuracy.learning;
  if (query.isError && !learnt) {
    return <Failure error={query.error} retry={() => void query.refetch()} />;
  }
  return (
    <Chart
      name="learning"
      title={words.title}
      sentence={learnt ? words.status[learnt.status] : "…"}
    >
      {learnt && (
        <>
          <dl className={styles.figures}>
            <div>
              <dt>{words.corrections}</dt>
              <dd>{words.atMost(number(learnt.corrections), number(learnt.corrections_max))}</dd>
            </div>
            <div>
              <dt>{words.refitted}</dt>
              <dd>{learnt.refitted_at ? moment(learnt.refitted_at) : t.admin.never}</dd>
            </div>
          </dl>
          <dl className={styles.shares}>
            {fields.flatMap((field) =>
              (["shipped", "learnt"] as const).map((which) => (
                <div key={field + which}>
                  <dt>{words[which](t.words[field])}</dt>
                  <dd>
                    <IntervalBar {...learnt[field][which]} />
                    {inWords(learnt[field][which])}
                  </dd>
                </div>
              )),
            )}
          </dl>
          <small className={styles.note}>{words.meaning}</small>
          <Controls learnt={learnt} />
        </>
      )}
    </Chart>
  );
}

function Controls({ learnt }: { learnt: Learnt }) {
  const queries = useQueryClient();
  const { isAdmin } = useSession();
  const [asks, setAsks] = useState(false);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState("");
  const [said, setSaid] = useState("");
  const words = t.accuracy.learning;
  // elsewhere the switch would change nothing
  const canSwitch = learnt.status !== "disabled" && learnt.status !== "unused";
  const canForget = learnt.corrections > 0 || learnt.model !== null;

  async function flip() {
    if (!isAdmin || sending) return;
    setSending(true);
    setFailure("");
    setSaid("");
    try {
      queries.setQueryData(KEY, await call("PATCH", PATH, json({ is_on: !learnt.is_on })));
    } catch (error) {
      setFailure((error as Error).message);
    } finally {
      setSending(false);
    }
  }
  const why = isAdmin ? undefined : "learning-reason";
  return (
    <>
      <div className={styles.controls}>
        {canSwitch && (
          <button
            type="button"
            aria-disabled={!isAdmin}
            aria-describedby={why}
            aria-busy={sending}
            onClick={() => void flip()}
          >
            {learnt.is_on ? words.switchOff : words.switchOn}
          </button>
        )}
        <button
          type="button"
          className="danger"
          aria-disabled={!isAdmin || !canForget}
          aria-describedby={why}
          onClick={() => isAdmin && canForget && setAsks(true)}
        >
          {words.forget}
        </button>
        {!isAdmin && <small id="learning-reason">{words.onlyAdmins}</small>}
      </div>
      <span role="status">{said}</span>
      {failure && (
        <p role="alert" className="error">
          {failure}
        </p>
      )}
      {asks && (
        <Suspense fallback={null}>
          <Confirm
            title={words.forgetTitle}
            action={words.forgetNow}
            close={() => setAsks(false)}
            run={async () => {
              await call("DELETE", PATH);
              await queries.invalidateQueries({ queryKey: KEY });
              setSaid(words.forgotten);
            }}
          >
            <p>{words.forgetText}</p>
          </Confirm>
        </Suspense>
      )}
    </>
  );
}
