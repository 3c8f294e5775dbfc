import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { call, Problem } from "./client";
import { signInAgain } from "./signInAgain";

const answers: Response[] = [];
const fetched = vi.fn(async (_path: string, _init: RequestInit) => answers.shift() as Response);
const over = () => Response.json({ detail: "Sign in." }, { status: 401 });
const settled = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  answers.length = 0;
  fetched.mockClear();
  vi.stubGlobal("fetch", fetched);
  signInAgain.worksHere(true);
  signInAgain.signedIn();
});
afterEach(() => vi.unstubAllGlobals());

test("what was refused is sent once more after signing in again, all of it", async () => {
  answers.push(over(), over(), Response.json({ one: 1 }), new Response(null, { status: 204 }));
  const write = call("POST", "/api/one/", { body: "typed" });
  const other = call("DELETE", "/api/two/");
  await settled();
  expect(signInAgain.asks()).toBe(true);
  signInAgain.signedIn();
  expect(await write).toEqual({ one: 1 });
  expect(await other).toBeUndefined();
  expect(fetched.mock.calls.map(([path, init]) => [path, init.body])).toEqual([
    ["/api/one/", "typed"],
    ["/api/two/", undefined],
    ["/api/one/", "typed"],
    ["/api/two/", undefined],
  ]);
  expect(signInAgain.asks()).toBe(false);
});

test("who does not sign in is told, and asked again only by what they do themselves", async () => {
  answers.push(over(), over(), over());
  const write = call("PATCH", "/api/one/");
  await settled();
  signInAgain.dismiss();
  await expect(write).rejects.toMatchObject({ status: 401, message: "Sign in." });
  await expect(call("GET", "/api/one/")).rejects.toBeInstanceOf(Problem);
  expect(signInAgain.asks()).toBe(false);
  void call("PATCH", "/api/one/").catch(() => {});
  await settled();
  expect(signInAgain.asks()).toBe(true);
  signInAgain.dismiss();
});

test("a wrong password and a stranger's 401 ask nobody", async () => {
  const type = "urn:frontdesk:problem:credentials";
  answers.push(Response.json({ type, detail: "Wrong." }, { status: 401 }), over());
  await expect(call("POST", "/api/session/")).rejects.toMatchObject({ type });
  signInAgain.worksHere(false);
  await expect(call("GET", "/api/tickets/")).rejects.toMatchObject({ status: 401 });
  expect(signInAgain.asks()).toBe(false);
});
