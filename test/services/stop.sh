#!/usr/bin/env bash
# Stops the Postgres and the Redis that start.sh started, and deletes their data.
set -euo pipefail

if [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then
  echo 'Usage: test/services/stop.sh

Stops what test/services/start.sh of this checkout started (ZHUJIAO_SERVICES_NAME chooses another) and deletes the data.
The programs stay in ZHUJIAO_SERVICES_CACHE for the next start.'
  exit
fi

# shellcheck source=state.sh
. "$(dirname "${BASH_SOURCE[0]}")/state.sh"
load_state || exit 0

# Whether process $1 still runs the program $2: the number in an old pid file may be another process's by now, and one
# that has ended but that nobody has waited for keeps its name, though no executable.
runs() { [ "$(cat "/proc/$1/comm" 2>/dev/null)" = "$2" ] && readlink "/proc/$1/exe" >/dev/null; }

# Ends the program $1 by the number in its pid file $2: with signal $3, and by force if that takes too long.
stop_service() {
  local pid
  pid=$(head -n 1 "$2" 2>/dev/null) || return 0
  runs "$pid" "$1" || return 0
  kill "-$3" "$pid"
  for _ in $(seq 100); do
    sleep 0.1
    runs "$pid" "$1" || return 0
  done
  say "$1 (process $pid) did not stop within ten seconds; killing it"
  kill -KILL "$pid"
}

# shellcheck disable=SC2154 # load_state sets root and data
host_data=$root$data
stop_service redis-server "$host_data/redis.pid" TERM
# SIGINT is Postgres' fast shutdown: it ends the open sessions instead of waiting for them.
stop_service postgres "$host_data/postgres/postmaster.pid" INT
rm -rf "$host_data" "$state" "$cache/$name.initdb.log"
