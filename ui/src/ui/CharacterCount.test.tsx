// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CharacterCount } from "./CharacterCount";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const said = () => screen.getByRole("status").textContent;
const pass = (milliseconds: number) => act(() => vi.advanceTimersByTime(milliseconds));

test("nothing is shown or said below three quarters of the limit", () => {
  const { container } = render(<CharacterCount length={149} limit={200} />);
  pass(2000);
  expect(container.textContent).toBe("");
});

test("it is seen at once and said after half a second without a key", () => {
  const { rerender } = render(<CharacterCount length={150} limit={200} />);
  screen.getByText("50 characters left");
  pass(499);
  expect(said()).toBe("");
  rerender(<CharacterCount length={151} limit={200} />);
  screen.getByText("49 characters left");
  pass(499);
  expect(said()).toBe("");
  pass(1);
  expect(said()).toBe("49 characters left");
});

test("it is said each second at most", () => {
  const { rerender } = render(<CharacterCount length={150} limit={200} />);
  pass(500);
  rerender(<CharacterCount length={160} limit={200} />);
  pass(999);
  expect(said()).toBe("50 characters left");
  pass(1);
  expect(said()).toBe("40 characters left");
});

test("too many are counted too", () => {
  render(<CharacterCount length={201} limit={200} />);
  screen.getByText("1 character too many");
});
