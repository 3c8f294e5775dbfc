import { expect, test } from "vitest";
import type { Deed } from "../tickets/activity";
import { inWords } from "./deedWords";

const deed = (more: Partial<Deed>): Deed => ({
  id: 1,
  at: 0,
  change: { status: "resolved" },
  tickets: [{ id: 12, title: "t", before: { status: "open" } }],
  state: "done",
  ...more,
});

test("a deed in words", () => {
  const two = [12, 13].map((id) => ({ id, title: "t", before: {} }));
  expect(inWords(deed({}))).toBe("#12 is now Resolved");
  expect(inWords(deed({ change: { priority: "high", category: "billing" } }))).toBe(
    "#12 is now priority High, category Billing",
  );
  expect(inWords(deed({ tickets: two }))).toBe("2 tickets are now Resolved");
  expect(inWords(deed({ tickets: two, state: "undone" }))).toBe("Undone: 2 tickets are as before");
});
