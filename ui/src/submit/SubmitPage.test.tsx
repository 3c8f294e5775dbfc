// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import SubmitPage from "./SubmitPage";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("a ticket can be filed over plain HTTP, where browsers have no crypto.randomUUID", async () => {
  const real = globalThis.crypto;
  vi.stubGlobal("crypto", {
    getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => real.getRandomValues(bytes),
  });
  const ticket = {
    id: 7,
    category: "general",
    priority: "low",
    category_source: "local",
    priority_source: "local",
  };
  const fetched = vi.fn(async (_path: string, _init: RequestInit) => Response.json(ticket));
  vi.stubGlobal("fetch", fetched);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <SubmitPage suggests={false} />
    </QueryClientProvider>,
  );
  fireEvent.change(screen.getByLabelText("Title"), { target: { value: "t" } });
  fireEvent.change(screen.getByLabelText("Description"), { target: { value: "d" } });
  fireEvent.click(screen.getByRole("button", { name: "Submit ticket" }));
  await screen.findByRole("heading", { name: "Ticket 7 is filed" });
  const headers = new Headers(fetched.mock.calls[0]?.[1].headers);
  expect(headers.get("idempotency-key")).toMatch(/^[0-9a-f]{32}$/);
});
