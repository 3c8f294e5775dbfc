import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Problem } from "../api/client";
import type { Suggestion } from "../api/types";
import { DEBOUNCE, type State, Suggester, type Text } from "./suggester";

const billing: Suggestion = {
  suggested_category: "billing",
  suggested_priority: "high",
  confidence: null,
  unsure: { category: false, priority: false },
  needs_check: false,
  suggestion_id: "s",
  source: "local",
  model: "words",
  degraded: false,
  evidence: [],
  alternatives: null,
};
const technical: Suggestion = { ...billing, suggested_category: "technical" };
const long = "My card was charged twice this month";

/** A question, and the ways to end it. */
type Question = {
  text: Text;
  signal: AbortSignal;
  answer: (suggestion?: Suggestion) => Promise<void>;
  refuse: (error: Error) => Promise<void>;
};
let asked: Question[];
let seen: State["kind"][];
let suggester: Suggester;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  seen = [];
  suggester = new Suggester(
    (text, signal) =>
      new Promise((resolve, reject) => {
        const settle = () => vi.advanceTimersByTimeAsync(0);
        asked.push({
          text,
          signal,
          answer: async (suggestion = billing) => {
            resolve(suggestion);
            await settle();
          },
          refuse: async (error) => {
            reject(error);
            await settle();
          },
        });
      }),
  );
  suggester.subscribe(() => seen.push(suggester.state.kind));
});
afterEach(() => {
  suggester.stop();
  vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const kind = () => suggester.state.kind;
const last = () => {
  const question = asked.at(-1);
  if (!question) throw new Error("nothing was asked");
  return question;
};
async function answered(text: string, suggestion = billing) {
  suggester.write("", text);
  await pass(DEBOUNCE);
  await last().answer(suggestion);
}

test("where there is no classifier nothing is asked", async () => {
  suggester.off();
  await pass(5000);
  expect(kind()).toBe("off");
  expect(asked).toHaveLength(0);
});

test("a text under 20 characters says too little", async () => {
  suggester.write("  Printer ", "  is broken ");
  await pass(5000);
  expect(kind()).toBe("idle");
  expect(asked).toHaveLength(0);
});

test("title and description count together", async () => {
  suggester.write("Printer on floor 2", "is broken");
  expect(kind()).toBe("waiting");
});

test("a title alone describes nothing", async () => {
  suggester.write("My printer on the second floor is broken", "");
  await pass(5000);
  expect(asked).toHaveLength(0);
});

test("it is asked one second after the last edit", async () => {
  suggester.write("", long);
  await pass(999);
  expect(asked).toHaveLength(0);
  await pass(1);
  expect(asked).toHaveLength(1);
  expect(last().text).toEqual({ title: "", description: long });
});

test("each edit starts the second anew", async () => {
  suggester.write("", long);
  await pass(900);
  suggester.write("", `${long} and again`);
  await pass(900);
  expect(asked).toHaveLength(0);
  await pass(100);
  expect(asked).toHaveLength(1);
});

test("asking is shown after 300 ms only", async () => {
  suggester.write("", long);
  await pass(DEBOUNCE + 299);
  expect(kind()).toBe("waiting");
  await pass(1);
  expect(kind()).toBe("asking");
});

test("a fast answer is shown without a word before", async () => {
  await answered(long);
  expect(kind()).toBe("ready");
  expect(seen).toEqual(["waiting", "ready"]);
});

test("an edit aborts the question under way", async () => {
  suggester.write("", long);
  await pass(DEBOUNCE);
  suggester.write("", `${long} and again`);
  expect(last().signal.aborted).toBe(true);
});

test("a late answer never wins, even over a server that ignores the abort", async () => {
  suggester.write("", long);
  await pass(DEBOUNCE);
  const late = last();
  suggester.write("", `${long} and the app crashes`);
  await pass(DEBOUNCE);
  await last().answer(technical);
  await late.answer(billing);
  expect(suggester.state).toMatchObject({ kind: "ready", suggestion: technical });
});

test("an earlier suggestion stays, marked, until the next is there", async () => {
  await answered(long);
  suggester.write("", `${long} and the app crashes`);
  expect(suggester.state).toMatchObject({ suggestion: billing, updating: true });
  await pass(DEBOUNCE + 500);
  expect(suggester.state).toMatchObject({ suggestion: billing, updating: true });
  await last().answer(technical);
  expect(suggester.state).toMatchObject({ suggestion: technical, updating: false });
});

test("a text that was answered is answered from memory, whatever its white space", async () => {
  await answered(long);
  await answered("Something else entirely, for once", technical);
  suggester.write(" ", `  ${long.replaceAll(" ", "  ")}\n`);
  expect(suggester.state).toMatchObject({ suggestion: billing, updating: false });
  await pass(5000);
  expect(asked).toHaveLength(2);
});

test("the last 20 answers are remembered, the 21st is asked again", async () => {
  for (let n = 0; n <= 20; n++) await answered(`${n} is the number of this long text ${n}`);
  expect(asked).toHaveLength(21);
  suggester.write("", "0 is the number of this long text 0");
  await pass(DEBOUNCE);
  expect(asked).toHaveLength(22);
});

test("fewer than three changed characters are no new question", async () => {
  await answered(long);
  suggester.write("", `${long}!!`);
  await pass(5000);
  expect(asked).toHaveLength(1);
  expect(suggester.state).toMatchObject({ kind: "ready", updating: false });
  suggester.write("", `${long}!!!`);
  await pass(DEBOUNCE);
  expect(asked).toHaveLength(2);
});

test("two characters put right after a real edit are asked about all the same", async () => {
  await answered(long);
  suggester.write("", `${long} and the app crashes`);
  suggester.write("", `${long} and the app crashes.`);
  await pass(DEBOUNCE);
  expect(asked).toHaveLength(2);
});

test("after 8 s it has failed, and the question is aborted", async () => {
  suggester.write("", long);
  await pass(DEBOUNCE + 7999);
  expect(kind()).toBe("asking");
  await pass(1);
  expect(kind()).toBe("failed");
  expect(last().signal.aborted).toBe(true);
});

test("what failed is asked again at once on request, and never by itself", async () => {
  suggester.write("", long);
  await pass(DEBOUNCE);
  await last().refuse(new Problem(500, "broken"));
  expect(kind()).toBe("failed");
  await pass(60_000);
  expect(asked).toHaveLength(1);
  suggester.again();
  expect(asked).toHaveLength(2);
  await last().answer();
  expect(kind()).toBe("ready");
});

test.each([429, 503])("a %i is a pause, after which it is asked silently again", async (status) => {
  suggester.write("", long);
  await pass(DEBOUNCE);
  await last().refuse(new Problem(status, "enough", {}, undefined, 7));
  expect(kind()).toBe("paused");
  await pass(6999);
  expect(asked).toHaveLength(1);
  await pass(1);
  expect(asked).toHaveLength(2);
  await last().answer();
  expect(seen).not.toContain("failed");
  expect(kind()).toBe("ready");
});

test("an edit in a pause waits for its end", async () => {
  suggester.write("", long);
  await pass(DEBOUNCE);
  await last().refuse(new Problem(429, "enough", {}, undefined, 7));
  suggester.write("", `${long} and again`);
  await pass(6999);
  expect(asked).toHaveLength(1);
  expect(kind()).toBe("paused");
  await pass(1);
  expect(last().text.description).toBe(`${long} and again`);
});

test("an earlier suggestion stays through a pause", async () => {
  await answered(long);
  suggester.write("", `${long} and again`);
  await pass(DEBOUNCE);
  await last().refuse(new Problem(429, "enough", {}, undefined, 7));
  expect(suggester.state).toMatchObject({ kind: "ready", suggestion: billing, updating: true });
  suggester.write("", `${long} and once more`);
  expect(suggester.state).toMatchObject({ suggestion: billing, updating: true });
  await pass(7000);
  expect(last().text.description).toBe(`${long} and once more`);
  await last().answer(technical);
  expect(suggester.state).toMatchObject({ suggestion: technical, updating: false });
});

test("it is unsure only when neither word may be filled in", async () => {
  await answered(long, { ...billing, confidence: { category: 0.54, priority: 0.6 } });
  expect(kind()).toBe("ready");
  await answered(`${long} and again`, { ...billing, confidence: { category: 0.5, priority: 0.3 } });
  expect(kind()).toBe("unsure");
});

test("an emptied form is idle and forgets what it showed", async () => {
  await answered(long);
  suggester.write("", "");
  expect(kind()).toBe("idle");
});

test("stopped and resumed, it still asks (a page mounted twice)", async () => {
  suggester.write("", long);
  suggester.stop();
  suggester.resume();
  await pass(DEBOUNCE);
  expect(asked).toHaveLength(1);
});
