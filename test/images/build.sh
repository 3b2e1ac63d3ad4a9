#!/usr/bin/env bash
# Builds the images that stand in for the official ones where no image registry can be reached.
# images.txt says what there is; NAME/Dockerfile says how it is made; the version that comes out is checked.
#
# usage: test/images/build.sh                      everything
#        test/images/build.sh NAME[:VERSION]...    only these, and the base images that they need
#        test/images/build.sh --list               what there is
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ./recipe.sh

# One line an image: name version suite packages…
table() { grep -Ev '^[[:space:]]*(#|$)' images.txt; }

list() { table | while read -r name version _; do echo "$name:$version"; done; }

# build NAME VERSION SUITE PACKAGES. Called from a condition, where bash ignores -e: so each step says what follows.
build() {
  local name=$1 version=$2 suite=$3 packages=$4
  local tag=wsproof-test/$name:$version base=wsproof-test/base:$suite
  local context=$work/context log=$work/log started=$SECONDS recipe image command got

  ./bases.sh "$suite" > "$log" 2>&1 || { cat "$log" >&2; return 1; }
  recipe=$({ echo "$*"; hash_files "$name"; recipe_of "$base"; } | hash) || return 1
  if [ "$(recipe_of "$tag")" = "$recipe" ]; then
    echo "$tag: up to date"
    return
  fi

  rm -rf "$context" && cp -R "$name" "$context" || return 1
  # What cannot come from Debian is fetched here, by the package manager it does come from.
  if [ -x "$name/fetch" ]; then
    "$name/fetch" "$packages" "$context" > "$log" 2>&1 || { tail -n 40 "$log" >&2; return 1; }
  fi
  docker build --force-rm --iidfile "$work/id" --label "$RECIPE_LABEL=$recipe" \
    --build-arg "BASE=$base" --build-arg "PACKAGES=$packages" "$context" > "$log" 2>&1 ||
    { tail -n 40 "$log" >&2; return 1; }

  image=$(cat "$work/id")

  # A suite moves on. A tag never says one version while the image holds another.
  command=$(docker image inspect --format '{{ index .Config.Labels "wsproof.test.version" }}' "$image") || return 1
  got=$(timeout 60 docker run --rm --entrypoint sh "$image" -c "$command" 2>&1 < /dev/null) || true
  if ! grep -Eq "(^|[^0-9.])${version//./\\.}([^0-9]|\$)" <<< "$got"; then
    echo "$tag: $suite gives another version now, correct images.txt:" >&2
    echo "$got" >&2
    docker rmi "$image" > /dev/null || true
    return 1
  fi
  docker tag "$image" "$tag" || return 1
  echo "$tag: built in $((SECONDS - started)) s"
}

if [ "${1-}" = --list ]; then
  list
  exit
fi

known=$(list; list | cut -d: -f1)
for wanted in "$@"; do
  if ! grep -Fxq -e "$wanted" <<< "$known"; then
    echo "build.sh: no such image: $wanted (see build.sh --list)" >&2
    exit 2
  fi
done

# is_wanted NAME VERSION: by no argument at all, by its name, or by name:version?
is_wanted() {
  [ ${#wanted_images[@]} = 0 ] && return
  local wanted
  for wanted in "${wanted_images[@]}"; do
    if [ "$wanted" = "$1" ] || [ "$wanted" = "$1:$2" ]; then return; fi
  done
  return 1
}

wanted_images=("$@")
failed=()
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One image that cannot be built keeps none of the others away.
while read -r name version suite packages; do
  is_wanted "$name" "$version" || continue
  build "$name" "$version" "$suite" "$packages" || failed+=("$name:$version")
done < <(table)

if [ ${#failed[@]} -gt 0 ]; then
  echo "build.sh: not built: ${failed[*]}" >&2
  exit 1
fi
