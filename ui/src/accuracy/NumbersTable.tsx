import type { ReactNode } from "react";
import styles from "./accuracy.module.css";

/** A plain table; the first cell of a row names it. */
export function NumbersTable(props: {
  caption: string;
  head: string[];
  rows: [name: ReactNode, ...cells: ReactNode[]][];
}) {
  const [corner, ...head] = props.head;
  return (
    <div className={styles.wide}>
      <table>
        <caption className="unseen">{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map(([name, ...cells], row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
            <tr key={row}>
              <th scope="row">{name}</th>
              {cells.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: neither do cells
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
