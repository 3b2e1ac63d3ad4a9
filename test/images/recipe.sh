# Shared by bases.sh and build.sh: an image carries the hash of what it was made from, so that it is made only once.
RECIPE_LABEL=wsproof.test.recipe

hash() { sha256sum | cut -d' ' -f1; }

# Names, modes and contents of all files below a folder.
hash_files() {
  find "$1" -type f -print0 | sort -z | while IFS= read -r -d '' file; do
    printf '%s %s %s\n' "$file" "$([ ! -x "$file" ] || echo x)" "$(hash < "$file")"
  done
}

# recipe_of IMAGE: the hash it carries; nothing for an image that is not there.
recipe_of() {
  docker image inspect --format "{{ index .Config.Labels \"$RECIPE_LABEL\" }}" "$1" 2> /dev/null || true
}
