#!/usr/bin/env bash
# Starts a real Postgres (with pgvector) and a real Redis for tests, without Docker.
set -euo pipefail

if [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then
  cat <<'HELP'
Usage: test/services/start.sh

Starts Postgres 17+ with pgvector and Redis on free ports of 127.0.0.1 and prints how to reach them:

  DATABASE_URL=postgres://...
  REDIS_URL=redis://...

  export $(test/services/start.sh)        to set both in a shell
  test/services/stop.sh                   stops both and deletes their data

Started already, it prints the same lines again. What is missing is installed from Debian's packages (as root): from
the machine's own release where it has Postgres 17+ with pgvector, else from a newer release in a folder of its own,
built once and reached by chroot.

  ZHUJIAO_SERVICES_CACHE   folder of that and of the data (~/.cache/zhujiao-services)
  ZHUJIAO_SERVICES_NAME    name of this pair of services (one pair for each checkout)
  ZHUJIAO_SERVICES_SHARED_BUFFERS   memory of Postgres for its tables (256MB)
HELP
  exit
fi
[ $# = 0 ] || {
  echo "start.sh takes no arguments; see --help" >&2
  exit 2
}

here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=state.sh
. "$here/state.sh"
# shellcheck source=install.sh
. "$here/install.sh"

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9 # two starters at once would build the root twice

print_urls() {
  echo "DATABASE_URL=postgres://postgres:$password@127.0.0.1:$postgres_port/postgres"
  echo "REDIS_URL=redis://:$password@127.0.0.1:$redis_port"
}

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

random_text() { head -c 18 /dev/urandom | base64 | tr -dc 'a-zA-Z0-9'; }

# The services are started without descriptor 9: they would hold the lock as long as they live.
start_postgres() {
  postgres_port=$(free_port)
  as_service "$binaries/pg_ctl" -D "$data/postgres" -l "$data/postgres.log" -w -t 60 -s start -o "-p $postgres_port" \
    9>&- >&2
}

start_redis() {
  redis_port=$(free_port)
  as_service redis-server "$data/redis.conf" --port "$redis_port" 9>&- >&2
  for _ in $(seq 100); do
    if redis_answers; then return; fi
    sleep 0.1
  done
  return 1
}

# The port may be taken between its choice and its use: once more with another.
twice() { "$@" || "$@"; }

if load_state; then
  if postgres_answers && redis_answers; then
    print_urls
    exit
  fi
  say "$name was not stopped cleanly; starting anew"
  "$here/stop.sh" 9>&-
fi

install_services
data=/tmp/zhujiao-services-$name
password=$(random_text)
host_data=$root$data
rm -rf "$host_data"
mkdir -p "$host_data/postgres" "$host_data/redis"

# A kill of the server loses nothing without fsync, only a power cut would; with it the tests take several times as long.
cat >"$host_data/postgres.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = ${ZHUJIAO_SERVICES_SHARED_BUFFERS:-256MB}
dynamic_shared_memory_type = mmap
fsync = off
CONF
cat >"$host_data/redis.conf" <<CONF
bind 127.0.0.1
daemonize yes
dir $data/redis
logfile $data/redis.log
pidfile $data/redis.pid
appendonly yes
maxmemory-policy noeviction
save ""
databases 1000
requirepass $password
CONF
(umask 077 && printf '%s' "$password" >"$host_data/password")
if [ "$(id -u)" = 0 ]; then
  chown -R "$(as_service id -u):$(as_service id -g)" "$host_data"
fi
chmod -R go-rwx "$host_data"

# Written before anything runs, so that stop.sh can clean up after a start that failed half way.
write_state() {
  (umask 077 && declare -p root binaries data password postgres_port redis_port | sed 's/^declare -- //' >"$state")
}
postgres_port=0 redis_port=0
write_state

# C.UTF-8 of the built-in provider: the same order on every machine, and Chinese characters count as letters.
as_service "$binaries/initdb" -D "$data/postgres" -U postgres --pwfile="$data/password" --auth=scram-sha-256 --no-sync \
  --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C.UTF-8 9>&- >"$cache/$name.initdb.log" 2>&1 ||
  die "initdb failed: $(tail -n 3 "$cache/$name.initdb.log")"
echo "include '$data/postgres.conf'" >>"$host_data/postgres/postgresql.conf"
twice start_postgres || die "Postgres did not start: $(tail -n 5 "$host_data/postgres.log")"
write_state
twice start_redis || die "Redis did not start: $(tail -n 5 "$host_data/redis.log")"
write_state
print_urls
