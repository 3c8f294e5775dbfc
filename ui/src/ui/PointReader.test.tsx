// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { nearest, PointReader } from "./PointReader";

afterEach(cleanup);
const points = [0, 0.5, 1].map((x) => ({ x, text: `at ${x}` }));

test("the point that is closest to the pointer is read", () => {
  expect([-1, 0.24, 0.26, 0.8, 3].map((x) => nearest(points, x))).toEqual([0, 0, 1, 2, 2]);
  expect(nearest([], 1)).toBe(0);
});

test("it says where it stands, to eye and ear, and stays within what is there", () => {
  const plot = (some: typeof points, start?: number) => (
    <PointReader label="Read" points={some} start={start}>
      <svg aria-hidden="true" />
    </PointReader>
  );
  const { rerender } = render(plot(points));
  const reader = screen.getByRole("slider", { name: "Read" });
  expect(reader.getAttribute("aria-valuetext")).toBe("at 1");
  fireEvent.change(reader, { target: { value: "1" } });
  expect(reader.getAttribute("aria-valuetext")).toBe("at 0.5");
  screen.getByText("at 0.5");
  rerender(plot(points.slice(0, 1)));
  expect(screen.getByRole("slider").getAttribute("aria-valuetext")).toBe("at 0");
  rerender(plot([]));
  expect(screen.queryByRole("slider")).toBeNull();
  cleanup();
  render(plot(points, 1));
  expect(screen.getByRole("slider").getAttribute("aria-valuetext")).toBe("at 0.5");
});
