// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { speak } from "../language/text";
import { api } from "./client";

afterEach(async () => {
  await speak("en");
  vi.unstubAllGlobals();
});

async function refused(status: number, body: object): Promise<string> {
  const answer = async () => new Response(JSON.stringify(body), { status });
  vi.stubGlobal("fetch", answer);
  return api.stats().then(
    () => "",
    (error: Error) => error.message,
  );
}
const wrong = { type: "urn:frontdesk:problem:credentials", detail: "the password is wrong" };

test("a refusal is told in the server's words", async () => {
  expect(await refused(401, wrong)).toBe("the password is wrong");
  expect(await refused(502, {})).toBe("The server answered with 502.");
});

test("one that is known is told in the person's language, any other as the server has it", async () => {
  await speak("de");
  expect(await refused(401, wrong)).toBe("Die E-Mail-Adresse oder das Passwort ist falsch.");
  expect(await refused(429, { detail: "too many requests" })).toMatch(/^Zu viele Anfragen/);
  expect(await refused(409, { type: "about:blank", detail: "it is taken" })).toBe("it is taken");
  expect(await refused(502, {})).toBe("Der Server hat mit 502 geantwortet.");
});
