import { describe, expect, test } from "vitest";
import { shareOf } from "./numbers";
import type { Bin, Failure } from "./report";
import {
  describeAccuracy,
  describeBin,
  describeCalibration,
  describeConfusion,
  describeFailures,
  describeLatency,
} from "./sentences";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

test("accuracy comes with its sample, and few are called few", () => {
  expect(plain(describeAccuracy(shareOf(0, 0)))).toBe(
    "No ticket with a suggestion is resolved or closed yet.",
  );
  expect(plain(describeAccuracy(shareOf(1, 1)))).toBe(
    "Right on 1 of 1 ticket (100 %): so few that it may as well be 21 to 100 %.",
  );
  expect(plain(describeAccuracy(shareOf(1_620, 2_000)))).toBe(
    "Right on 1,620 of 2,000 tickets (81 %); with 95 % certainty 79 to 83 %.",
  );
});

describe("a confusion matrix", () => {
  const words = ["low", "high"];
  const names = { low: "Low", high: "High" };
  test.each([
    [
      [
        [0, 0],
        [0, 0],
      ],
      "No ticket with a suggestion is resolved or closed yet.",
    ],
    [
      [
        [3, 0],
        [0, 1],
      ],
      "Nothing was mixed up on 4 tickets.",
    ],
    [
      [
        [3, 1],
        [0, 1],
      ],
      "1 of 5 tickets mixed up; most often High was suggested where Low was right (once).",
    ],
    [
      [
        [3, 1],
        [7, 1],
      ],
      "8 of 12 tickets mixed up; most often Low was suggested where High was right (7 times).",
    ],
  ])("%j", (counts, sentence) => {
    expect(describeConfusion({ words, counts }, names)).toBe(sentence);
  });
});

describe("a calibration", () => {
  const bin = (from: number, n: number, confidence: number | null, right: number | null): Bin => ({
    from,
    n,
    confidence,
    right,
  });
  const bins = [bin(0.7, 0, null, null), bin(0.8, 400, 0.83, 0.78), bin(0.9, 3, 0.95, 1)];
  test("the bin with the most speaks", () => {
    expect(plain(describeCalibration(bins, 0.048))).toBe(
      "When it says 83 % it is right 78 % (400 suggestions); over all, word and truth lie 5 points apart.",
    );
    expect(plain(describeCalibration([bin(0.9, 3, 0.95, 1)], 0.05))).toBe(
      "When it says 95 % it is right 100 % (3 suggestions: so few that it may as well be 44 to 100 %).",
    );
    expect(plain(describeCalibration([], 0))).toBe(
      "No suggestion with a confidence is decided yet.",
    );
  });
  test("each bin is told with its interval", () => {
    expect(bins.map((one) => plain(describeBin(one, one.from + 0.1)))).toEqual([
      "70 to 80 %: no suggestion",
      "Says 83 %, is right 78 % (312 of 400; 95 %: 74 to 82 %)",
      "Says 95 %, is right 100 % (3 of 3; 95 %: 44 to 100 %)",
    ]);
  });
});

test("latency is told by who waits", () => {
  expect(describeLatency({ p50: 0.04, p95: 0.3, p99: 1_240 })).toBe(
    "Half of those who asked waited at most 0.04 ms, all but one in a hundred at most 1.2 s.",
  );
  expect(describeLatency(null)).toBe("Not counted.");
});

test("failures name the most frequent", () => {
  const failure = (source: Failure["source"], kind: string, n: number): Failure => ({
    source,
    kind,
    n,
  });
  expect(describeFailures([], "today")).toBe("None since today.");
  expect(
    describeFailures([failure("gemini", "busy", 1), failure("gemini", "timed_out", 4)], "today"),
  ).toBe("5 failures since today, most of the kind “Too slow” (Gemini, 4).");
});
