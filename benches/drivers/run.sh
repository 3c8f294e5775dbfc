#!/bin/bash
# Measures the database drivers against each other and prints the medians.
#
#   benches/drivers/run.sh [<rounds> [<seconds>]]
#
# Needs cargo and PostgreSQL's programs (PG_BIN_DIR, or the newest in /usr/lib/postgresql). Starts a
# private cluster on a Unix socket in a temporary folder and deletes it at the end. Each round runs
# every case once, and every other round in reverse order, so that noise meets all of them alike.
# RESULTS names a file to keep the single measurements in.
set -euo pipefail

rounds=${1:-7}
seconds=${2:-5}
here=$(cd "$(dirname "$0")" && pwd)
bin=${PG_BIN_DIR:-$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)}

for program in native sqlx; do
    (cd "$here/$program" && nice cargo build --release --locked -j 1)
done
native=$here/native/target/release/drivers-native
sqlx=$here/sqlx/target/release/drivers-sqlx

# on a disk, also where /tmp is in memory: TMPDIR says where
dir=$(mktemp -d)
results=${RESULTS:-$dir/results.tsv}

# PostgreSQL refuses root
server=()
if [ "$(id -u)" = 0 ]; then
    server=(setpriv --reuid=postgres --regid=postgres --clear-groups)
    chown postgres: "$dir"
    chmod 755 "$dir"
fi
in_dir() { (cd "$dir" && "${server[@]}" "$@"); }

cleanup() {
    in_dir "$bin/pg_ctl" stop -D "$dir/data" -m immediate >/dev/null 2>&1 || true
    rm -rf "$dir"
}
trap cleanup EXIT

in_dir "$bin/initdb" -A trust -U bench -E UTF8 --locale=C.UTF-8 -D "$dir/data" >/dev/null
in_dir "$bin/pg_ctl" start -w -D "$dir/data" -l "$dir/log" \
    -o "-k $dir -h '' -c shared_buffers=256MB" >/dev/null
export PGOPTIONS="-c client_min_messages=warning"
sql() { "$bin/psql" -X -q -v ON_ERROR_STOP=1 -h "$dir" -U bench -d postgres -c "$1"; }
url=postgres://bench@${dir//\//%2F}

sql "create database seed"
"$native" load-postgres "$url/seed"
"$native" load-sqlite "$dir/seed.db"

# database, query, name of the case, program and its case
cases=(
    "PostgreSQL page|tokio-postgres|$native postgres-page"
    "PostgreSQL page|sqlx|$sqlx postgres-page"
    "PostgreSQL page|sqlx, pool's defaults|$sqlx postgres-page-default"
    "PostgreSQL create|tokio-postgres|$native postgres-create"
    "PostgreSQL create|sqlx|$sqlx postgres-create"
    "PostgreSQL create|sqlx, pool's defaults|$sqlx postgres-create-default"
    "SQLite page|rusqlite|$native sqlite-page"
    "SQLite page|sqlx|$sqlx sqlite-page"
    "SQLite page|sqlx, pool's defaults|$sqlx sqlite-page-default"
    "SQLite create|rusqlite, group commit|$native sqlite-create-grouped"
    "SQLite create|rusqlite, commit each|$native sqlite-create-single"
    "SQLite create|sqlx, group commit|$sqlx sqlite-create-grouped"
    "SQLite create|sqlx, commit each, one connection|$sqlx sqlite-create-single"
    "SQLite create|sqlx, commit each, pool of 4|$sqlx sqlite-create-pool"
)

# every measurement starts from the same 100,000 tickets
measure() {
    local query=$1 name=$2 target
    shift 2
    case $query in
    PostgreSQL*)
        sql "drop database if exists run"
        sql "create database run template seed strategy file_copy"
        target=$url/run
        ;;
    *)
        rm -f "$dir"/run.db*
        cp "$dir/seed.db" "$dir/run.db"
        sync -f "$dir/run.db"
        target=$dir/run.db
        ;;
    esac
    printf '%s\t%s\t%s\t%s\n' "$round" "$query" "$name" "$("$@" "$target" "$seconds")" |
        tee -a "$results" >&2
}

: >"$results"
for round in $(seq "$rounds"); do
    order=("${!cases[@]}")
    if [ $((round % 2)) = 0 ]; then
        mapfile -t order < <(printf '%s\n' "${order[@]}" | tac)
    fi
    for i in "${order[@]}"; do
        IFS='|' read -r query name command <<<"${cases[i]}"
        read -r program case <<<"$command"
        measure "$query" "$name" "$program" "$case"
    done
done

# Medians of all rounds. The first case of a query is what the others are compared with: by the
# ratio of the medians, and by the median of each round's own ratio.
echo "| query | driver | requests/s (lowest to highest) | p50 ms | p99 ms | CPU µs/request | ratio | by round |"
echo "|---|---|---:|---:|---:|---:|---:|---:|"
awk -F '\t' '
function order(list, n, i, j, t) {
    n = split(list, sorted, " ")
    for (i = 2; i <= n; i++)
        for (j = i; j > 1 && sorted[j - 1] + 0 > sorted[j] + 0; j--) {
            t = sorted[j]; sorted[j] = sorted[j - 1]; sorted[j - 1] = t
        }
    return n
}
function median(list, n) {
    n = order(list)
    return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}
function by_round(key, reference, round, ratios) {
    for (round in rounds)
        ratios = ratios " " rate_in[reference, round] / rate_in[key, round]
    return median(ratios)
}
{
    key = $2 FS $3
    if (!(key in rate)) { keys[++count] = key; if (!($2 in first)) first[$2] = key }
    rounds[$1]; rate_in[key, $1] = $4
    rate[key] = rate[key] " " $4; p50[key] = p50[key] " " $5
    p99[key] = p99[key] " " $6; cpu[key] = cpu[key] " " $7
}
END {
    for (i = 1; i <= count; i++) {
        key = keys[i]
        split(key, part, FS)
        reference = first[part[1]]
        n = order(rate[key])
        printf "| %s | %s | %.0f (%.0f to %.0f) | %.2f | %.2f | %.0f | %.2f | %.2f |\n",
            part[1], part[2], median(rate[key]), sorted[1], sorted[n], median(p50[key]),
            median(p99[key]), median(cpu[key]), median(rate[reference]) / median(rate[key]),
            by_round(key, reference)
    }
}' "$results"
