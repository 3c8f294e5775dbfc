import { beforeEach, expect, test } from "vitest";
import { isChanged, learn, type ViewList, whole, within } from "./known";

beforeEach(() => {
  const view = { id: 7, name: "Bills", query: "category=billing&priority=low,high&search=a,b" };
  learn({ needs_check: { query: "decided=false" }, results: [view] } as unknown as ViewList);
});

test("a URL without a view, or with one that is gone, is what it says", () => {
  expect(whole("status=open")).toBe("status=open");
  expect(whole("view=9&status=open")).toBe("status=open");
  expect(within("status=open", "status=closed")).toBe("status=closed");
  expect(within("view=9", "status=closed")).toBe("status=closed");
});

test("what a URL has too replaces the view's, and an empty one takes it away", () => {
  expect(whole("view=7")).toBe("category=billing&priority=low,high&search=a,b");
  expect(whole("view=7&category=account&status=open")).toBe(
    "category=account&priority=low,high&search=a,b&status=open",
  );
  expect(whole("view=7&priority=&search=")).toBe("category=billing");
  expect(whole("view=needs-check&status=open")).toBe("decided=false&status=open");
});

test("a change of the list stays in the view, and back at its conditions it is none", () => {
  const all = whole("view=7");
  expect(within("view=7", all)).toBe("view=7");
  expect(within("view=7&status=open", `${all}&status=open`)).toBe("view=7&status=open");
  expect(within("view=7", "category=billing")).toBe("view=7&priority=&search=");
  expect(within("view=7", all.replace("a,b", "b,a"))).toBe("view=7&search=b,a");
  expect(within("view=7", "priority=high,low&category=billing&search=a,b")).toBe("view=7");
  for (const url of ["view=7&priority=", "view=7&status=open&search=x"]) {
    expect(whole(within(url, whole(url)))).toBe(whole(url));
  }
});

test("a view is changed by other conditions alone", () => {
  expect(isChanged("view=7")).toBe(false);
  expect(isChanged("view=7&priority=high,low")).toBe(false);
  expect(isChanged("view=7&priority=high")).toBe(true);
  expect(isChanged("status=open")).toBe(true);
});
