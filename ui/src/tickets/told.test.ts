import { expect, test } from "vitest";
import { changesOf } from "./told";

test("a change is told in words, and not what follows from it", () => {
  const changes = {
    status: { before: "open", after: "in_progress" },
    category: { before: null, after: "billing" },
    category_source: { before: "local", after: "agent" },
    description: { before: "long", after: "longer" },
  };
  expect(changesOf(changes)).toEqual([
    { label: "Status", before: "Open", after: "In progress" },
    { label: "Category", before: "nothing", after: "Billing" },
    { label: "Description", before: "", after: null },
  ]);
});
