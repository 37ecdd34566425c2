#!/usr/bin/env bash
# Kills the Postgres or the Redis that start.sh started, without a chance to tidy up, and starts it again on its data.
set -euo pipefail

if [ "${1:-}" != redis ] && [ "${1:-}" != postgres ]; then
  echo 'Usage: test/services/kill.sh redis|postgres

Kills that service of test/services/start.sh (SIGKILL) and starts it again on the same port and data.' >&2
  exit 2
fi

# shellcheck source=state.sh
. "$(dirname "${BASH_SOURCE[0]}")/state.sh"
load_state || die "nothing is started; see start.sh"

# Waits until a command succeeds.
await() {
  for _ in $(seq 300); do
    if "$@"; then return; fi
    sleep 0.1
  done
  die "$1 took longer than 30 s"
}
is_gone() { ! readlink "/proc/$1/exe" >/dev/null; }

# shellcheck disable=SC2154 # load_state sets root, data, binaries and the ports
host_data=$root$data
if [ "$1" = redis ]; then
  pid=$(cat "$host_data/redis.pid")
  kill -KILL "$pid"
  await is_gone "$pid"
  as_service redis-server "$data/redis.conf" --port "$redis_port" >&2
  await redis_answers
else
  pid=$(head -n 1 "$host_data/postgres/postmaster.pid")
  kill -KILL "$pid"
  await is_gone "$pid"
  # Its log has why, should it not come up. The backends notice that their parent is gone; until then a new one refuses to start on their memory.
  restart() {
    as_service "$binaries/pg_ctl" -D "$data/postgres" -l "$data/postgres.log" -w -t 60 -s start -o "-p $postgres_port" >/dev/null 2>&1
  }
  await restart
  await postgres_answers
fi
