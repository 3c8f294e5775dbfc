// @vitest-environment jsdom
import { expect, test } from "vitest";
import { loginHref, nextPath } from "./next";

const origin = "http://desk.example";
const next = (path: string) => nextPath(new URLSearchParams({ next: path }).toString(), origin);

test.each(["/stats", "/tickets/7?status=open,closed&search=a%26b", "/admin/users#two"])(
  "%s is gone to",
  (path) => {
    expect(next(path)).toBe(path);
    expect(nextPath(loginHref(path).split("?")[1] ?? "", origin)).toBe(path);
  },
);

test.each([
  "//evil.example",
  "/\\evil.example",
  "\\/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/a/..//evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "tickets",
  " /tickets",
  "",
  "/login?next=/login",
  "/login",
])("%j is not", (path) => {
  expect(next(path)).toBe("/tickets");
});

test("nothing asked for leads to the list", () => {
  expect(nextPath("", origin)).toBe("/tickets");
});
