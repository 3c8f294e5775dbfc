// A stand-in for Gemini: answers as its contract says, or with the fault that it is set to.
import { createServer } from "node:http";

export const KEY = "stand-in-key";

/** Starts it on a free port. `fault`: null, or an HTTP status; or "hang". */
export async function startLanguageModel() {
  const model = { fault: null, asked: [] };
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = JSON.parse(Buffer.concat(parts).toString());
    model.asked.push({ url: request.url, key: request.headers["x-goog-api-key"], body });
    if (model.fault === "hang") return;
    response.setHeader("content-type", "application/json");
    if (model.fault) {
      response.statusCode = model.fault;
      response.end(JSON.stringify({ error: { code: model.fault, message: "no", status: "UNAVAILABLE" } }));
      return;
    }
    const text = JSON.stringify({ category: "account", priority: "critical" });
    const content = { role: "model", parts: [{ text }] };
    response.end(
      JSON.stringify({ candidates: [{ content, finishReason: "STOP", index: 0 }], modelVersion: "gemini-3.5-flash-lite" }),
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  model.environment = {
    GOOGLE_API_KEY: KEY,
    GOOGLE_GEMINI_BASE_URL: `http://127.0.0.1:${server.address().port}`,
  };
  model.stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return model;
}
