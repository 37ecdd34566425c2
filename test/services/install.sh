# Sourced by start.sh: finds Postgres 17+ with pgvector and Redis, installing them from Debian's packages if need be.
# Sets `root` (a Debian root to chroot into, or empty for this machine itself) and `binaries` (Postgres' bin folder).
# shellcheck shell=bash

# The newest release of Debian that offers all of it, for machines whose own release does not.
release=trixie
packages=(postgresql-17 postgresql-17-pgvector redis-server)

find_binaries() {
  local folder
  for folder in "$1"/usr/lib/postgresql/{18,17}/bin; do
    if [ -x "$folder/initdb" ] && [ -f "$1/usr/share/postgresql/$(basename "$(dirname "$folder")")/extension/vector.control" ]; then
      echo "${folder#"$1"}"
      return
    fi
  done
  return 1
}

need_superuser() { [ "$(id -u)" = 0 ] || die "Postgres 17+ with pgvector or Redis is missing. Install them, or run this as root."; }

refresh_package_lists() {
  say "apt-get update"
  apt-get update -qq >&2
}

apt_install() {
  say "apt-get install $*"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "$@" \
    >"$cache/apt.log" 2>&1 || die "apt-get install $* failed: $(tail -n 5 "$cache/apt.log")"
}

# The machine's own distribution has them. Its packages would start services of their own: that is held back.
install_here() {
  local guard=/usr/sbin/policy-rc.d
  apt_install postgresql-common
  mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/zhujiao.conf
  if [ -e "$guard" ]; then
    apt_install "${packages[@]}"
  else
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$guard"
    chmod +x "$guard"
    apt_install "${packages[@]}"
    rm "$guard"
  fi
}

# The mirror that this machine installs its own Debian packages from.
find_mirror() {
  apt-get indextargets --format '$(REPO_URI) $(ORIGIN)/$(LABEL) $(COMPONENT)' 'Created-By: Packages' |
    awk '$2 == "Debian/Debian" && $3 == "main" { print $1; exit }'
}

build_root() {
  local draft mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  [ -f "$keyring" ] || apt_install debian-archive-keyring
  command -v mmdebstrap >/dev/null || apt_install mmdebstrap
  mirror=$(find_mirror)
  [ -n "$mirror" ] || die "This machine's apt sources name no Debian mirror; install Postgres 17+ with pgvector and Redis by hand."
  say "building a Debian $release root with ${packages[*]} in $cache (once, about a minute)"
  # A root counts only under its final name: one that was interrupted is never used.
  draft=$(mktemp -d "$cache/draft.XXXXXX")
  mmdebstrap --quiet --mode=root --variant=minbase --include="$(IFS=, && echo "${packages[*]}")" \
    --keyring="$keyring" "$release" "$draft" "$mirror" >&2 || die "Building the Debian root in $draft failed."
  chmod 755 "$draft"
  mv "$draft" "$cache/$release"
}

use_machine() {
  command -v redis-server >/dev/null && binaries=$(find_binaries "") && root=''
}

use_root() {
  [ "$(id -u)" = 0 ] && [ -d "$cache/$release" ] && binaries=$(find_binaries "$cache/$release") && root=$cache/$release
}

install_services() {
  use_machine && return
  use_root && return
  need_superuser
  # apt's own lists may be missing (new machine) or name packages that are gone by now.
  refresh_package_lists
  if apt-get install --simulate -qq "${packages[@]}" >/dev/null 2>&1; then
    install_here
    use_machine || die "Installed ${packages[*]}, yet they are not where they are expected."
  else
    build_root
    use_root || die "Built $cache/$release, yet Postgres is not where it is expected."
  fi
}
