#!/usr/bin/env bash
# Builds wsproof-test/base:SUITE, a minimal Debian system, for each suite named.
# No image registry is needed: mmdebstrap makes the tree from the Debian mirror, docker imports it.
#
# usage: test/images/bases.sh SUITE...        (bullseye, bookworm, trixie, sid)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./recipe.sh

build_base() {
  local suite=$1 tag=wsproof-test/base:$1 packages=ca-certificates recipe

  # bookworm migrates itself to a merged /usr with a tool that brings all of Perl, although it is born merged.
  if [ "$suite" = bookworm ]; then packages+=,usr-is-merged; fi

  local options=(
    --variant=minbase
    --include="$packages"
    # The lists of an old suite are not renewed any more, and stay right.
    --aptopt='Acquire::Check-Valid-Until "false"'
    --aptopt='Acquire::Retries "3"'
    --dpkgopt=force-unsafe-io
    --dpkgopt='path-exclude=/usr/share/man/*'
    --dpkgopt='path-exclude=/usr/share/locale/*'
    --dpkgopt='path-exclude=/usr/share/doc/*'
    --dpkgopt='path-include=/usr/share/doc/*/copyright'
    --customize-hook='upload base/install-packages /usr/local/bin/install-packages'
    --customize-hook='upload base/policy-rc.d /usr/sbin/policy-rc.d'
    --customize-hook='chmod 755 "$1/usr/local/bin/install-packages" "$1/usr/sbin/policy-rc.d"'
    # Copied from the machine that builds; docker gives every container its own.
    --customize-hook='rm -f "$1/etc/resolv.conf" "$1/etc/hostname"'
  )
  # Its security archive still lists packages that it no longer has; the last point release is complete.
  if [ "$suite" = bullseye ]; then
    options+=(--setup-hook='sed -i /security/d "$1/etc/apt/sources.list"')
  fi
  if [ "$suite" = bookworm ]; then
    options+=(--customize-hook='chroot "$1" apt-get -qq purge usrmerge "libperl5*" "perl-modules-5*" > /dev/null')
  fi
  # A package of experimental is only taken when it is asked for (install-packages -t experimental NAME).
  if [ "$suite" = sid ]; then
    options+=(--customize-hook='sed -n "s/ sid / experimental /p" "$1/etc/apt/sources.list" > "$1/etc/apt/sources.list.d/experimental.list"')
  fi

  recipe=$({ printf '%s\n' "$suite" "${options[@]}"; hash_files base; } | hash)
  if [ "$(recipe_of "$tag")" = "$recipe" ]; then
    echo "$tag: up to date"
    return
  fi
  echo "$tag: building"
  # By way of a file: from a pipe docker would also import, and tag, half a tree.
  mmdebstrap --quiet "${options[@]}" "$suite" "$work/$suite.tar"
  docker import --change "LABEL $RECIPE_LABEL=$recipe" "$work/$suite.tar" "$tag" > /dev/null
  rm "$work/$suite.tar"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for suite in "$@"; do
  build_base "$suite"
done
