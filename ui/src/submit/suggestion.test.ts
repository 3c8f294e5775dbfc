// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DEBOUNCE, useSuggestion } from "./suggestion";

const answer = (category: string) =>
  new Response(
    JSON.stringify({
      suggested_category: category,
      suggested_priority: "high",
      confidence: null,
      source: "local",
      model: "m",
      degraded: false,
    }),
  );
const long = "I was charged twice for one order";
const fetched = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
});
afterEach(() => vi.useRealTimers());

const hook = (description: string) =>
  renderHook(({ text }) => useSuggestion("", text, 0), { initialProps: { text: description } });
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test("a short text asks for nothing", async () => {
  const { result } = hook("too short");
  await pass(5000);
  expect(result.current.kind).toBe("idle");
  expect(fetched).not.toHaveBeenCalled();
});

test("a suggestion is asked for one second after the last edit", async () => {
  fetched.mockResolvedValue(answer("billing"));
  const { result, rerender } = hook(long);
  await pass(DEBOUNCE - 1);
  rerender({ text: `${long}, please` });
  await pass(DEBOUNCE - 1);
  expect(fetched).not.toHaveBeenCalled();
  await pass(1);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(result.current).toMatchObject({ kind: "ready" });
});

test("an answer to an older text is dropped", async () => {
  let late: (response: Response) => void = () => {};
  fetched.mockImplementationOnce(
    () =>
      new Promise((resolve) => {
        late = resolve;
      }),
  );
  fetched.mockResolvedValueOnce(answer("technical"));
  const { result, rerender } = hook(long);
  await pass(DEBOUNCE);
  rerender({ text: `${long} and it crashes` });
  await pass(DEBOUNCE);
  late(answer("billing"));
  await pass(0);
  expect(result.current).toMatchObject({ suggestion: { suggested_category: "technical" } });
});

test("the same text is answered from memory", async () => {
  fetched.mockImplementation(async () => answer("billing"));
  const { result, rerender } = hook(long);
  await pass(DEBOUNCE);
  rerender({ text: `${long}!` });
  await pass(DEBOUNCE);
  rerender({ text: `  ${long} ` });
  expect(result.current.kind).toBe("ready");
  await pass(DEBOUNCE);
  expect(fetched).toHaveBeenCalledTimes(2);
});

test("a failure says so, and Retry-After is respected", async () => {
  fetched.mockImplementation(
    async () => new Response("{}", { status: 503, headers: { "retry-after": "60" } }),
  );
  const { result, rerender } = hook(long);
  await pass(DEBOUNCE);
  expect(result.current.kind).toBe("failed");
  rerender({ text: `${long} again` });
  await pass(DEBOUNCE);
  expect(fetched).toHaveBeenCalledTimes(1);
  rerender({ text: `${long} much later` });
  await pass(60_000);
  rerender({ text: `${long} later still` });
  await pass(DEBOUNCE);
  expect(fetched).toHaveBeenCalledTimes(2);
});
