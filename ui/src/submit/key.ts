/**
 * A key nobody else has. Not `crypto.randomUUID`: browsers offer that only over HTTPS and on localhost,
 * and this app is also served over plain HTTP inside a network.
 */
export function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
