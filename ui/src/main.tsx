import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Problem } from "./api/client";
import { speakFirst } from "./language/text";
import { App } from "./router";
import { Boundary } from "./ui/Boundary";
import "./ui/styles/font.css";
import "./ui/styles/tokens.css";
import "./ui/styles/base.css";
import "./ui/styles/print.css";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // what the client did wrong does not get better by asking again
      retry: (tries, error) => tries < 2 && !(error instanceof Problem && error.status < 500),
    },
  },
});

const root = document.getElementById("root");
if (root) {
  // English needs nothing that is not here; another language comes beside this script
  void speakFirst().then(() =>
    createRoot(root).render(
      <StrictMode>
        <QueryClientProvider client={queries}>
          <Boundary>
            <App />
          </Boundary>
        </QueryClientProvider>
      </StrictMode>,
    ),
  );
}
