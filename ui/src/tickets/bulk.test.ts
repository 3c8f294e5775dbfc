import { expect, test } from "vitest";
import type { Ticket } from "../api/types";
import { inWords, outcome } from "./bulk";

const ticket = (id: number) => ({ id, version: 2 }) as Ticket;

test("what changed is told from what did not, each with its reason", () => {
  const found = outcome(
    [4, 3, 2, 1],
    [
      { id: 1, status: 412, detail: "The version is another." },
      { id: 2, status: 200, ticket: ticket(2) },
      { id: 3, status: 404 },
    ],
  );
  expect(found.changed).toEqual([ticket(2)]);
  expect([...found.failed]).toEqual([
    [4, "the server did not say why"],
    [3, "it was deleted"],
    [1, "somebody changed it meanwhile"],
  ]);
  expect(inWords(found)).toBe("1 ticket changed, 3 not.");
});

test("where all went well there is nothing to say of the others", () => {
  const all = outcome(
    [1, 2],
    [1, 2].map((id) => ({ id, status: 200, ticket: ticket(id) })),
  );
  expect(inWords(all)).toBe("2 tickets changed.");
  expect(all.failed.size).toBe(0);
});
