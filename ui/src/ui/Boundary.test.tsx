// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { Boundary } from "./Boundary";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function Broken({ error }: { error: Error | null }) {
  if (error) throw error;
  return <p>whole</p>;
}

function draw(error: Error) {
  // React reports what a boundary catches
  vi.spyOn(console, "error").mockImplementation(() => {});
  return render(
    <Boundary>
      <Broken error={error} />
    </Boundary>,
  );
}

test("a fault can be tried again", () => {
  const { rerender } = draw(new Error("no luck"));
  screen.getByText("no luck");
  rerender(
    <Boundary>
      <Broken error={null} />
    </Boundary>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  screen.getByText("whole");
});

test.each([
  "Failed to fetch dynamically imported module: /assets/x.js",
  "error loading dynamically imported module: /assets/x.js",
  "Importing a module script failed.",
])("a file that a new version has taken away offers to reload only (%s)", (message) => {
  draw(new TypeError(message));
  screen.getByRole("button", { name: "Reload" });
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
});
