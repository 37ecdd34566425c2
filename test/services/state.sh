# Shared by start.sh and stop.sh: where things are, and how a command is run beside the services' programs.
# shellcheck shell=bash

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${ZHUJIAO_SERVICES_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/zhujiao-services}

# Every checkout has services of its own, so that two of them can be tested at once.
name=${ZHUJIAO_SERVICES_NAME:-$(printf '%s' "$repository" | cksum | cut -d ' ' -f 1)}

# What is the same for a name on each call: start.sh writes it, a second start.sh and stop.sh read it.
state=$cache/$name

say() { echo "services: $*" >&2; }
die() {
  say "$*"
  exit 1
}

# Runs a program of the services as the user postgres, in the Debian root that was built for it where there is one.
as_service() {
  if [ -n "$root" ]; then
    chroot --userspec=postgres:postgres "$root" /usr/bin/env -i PATH="$PATH" LANG=C.UTF-8 "$@"
  elif [ "$(id -u)" = 0 ]; then
    setpriv --reuid=postgres --regid=postgres --init-groups env -C / LANG=C.UTF-8 "$@"
  else
    env LANG=C.UTF-8 "$@"
  fi
}

load_state() {
  [ -f "$state" ] || return 1
  # shellcheck source=/dev/null
  . "$state"
}

postgres_answers() { as_service "$binaries/pg_isready" -q -h 127.0.0.1 -p "$postgres_port"; }

# The password goes by the environment: on a command line every user of the machine could read it.
redis_answers() {
  [ "$(as_service env REDISCLI_AUTH="$password" redis-cli -h 127.0.0.1 -p "$redis_port" ping 2>/dev/null)" = PONG ]
}
