// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Ticket } from "../api/types";
import { ChangeState, meanwhile } from "./ChangeState";
import type { Line } from "./changes";

afterEach(cleanup);

const now = Date.parse("2026-01-01T12:00:05Z");
const theirs = {
  id: 7,
  status: "in_progress",
  priority: "high",
  updated_at: "2026-01-01T12:00:00Z",
} as Ticket;

test("a conflict says what somebody made of it, and when", () => {
  expect(meanwhile({ theirs, mine: {}, clash: ["status"] }, now)).toBe(
    "Somebody changed this to In progress 5 s ago.",
  );
  expect(meanwhile({ theirs, mine: {}, clash: ["status", "priority"] }, now)).toBe(
    "Somebody changed the status to In progress and the priority to High 5 s ago.",
  );
});

test("a conflict is the person's to decide", () => {
  const line: Line = {
    known: theirs,
    sending: null,
    waiting: null,
    conflict: { theirs, mine: { status: "closed" }, clash: ["status"] },
    failure: null,
    saved: false,
  };
  const decide = { keepMine: vi.fn(), takeTheirs: vi.fn(), tryAgain: vi.fn(), drop: vi.fn() };
  render(<ChangeState line={line} {...decide} />);
  fireEvent.click(screen.getByRole("button", { name: "Keep mine" }));
  fireEvent.click(screen.getByRole("button", { name: "Take theirs" }));
  expect(decide.keepMine).toHaveBeenCalledTimes(1);
  expect(decide.takeTheirs).toHaveBeenCalledTimes(1);
  expect(decide.tryAgain).not.toHaveBeenCalled();
});
