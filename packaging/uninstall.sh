#!/bin/sh
# Removes Latent Flow Explorer as its self-extracting archive installed it: the folder, and the files outside it that
# installed-files.txt lists. Runs, settings and downloads of users stay.
set -u
here=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd) || exit 1
list=$here/share/latentflow/installed-files.txt
if [ ! -f "$list" ]; then
  echo "uninstall.sh: $list is missing; $here was not installed by the archive, so nothing was removed" >&2
  exit 2
fi
while IFS= read -r file; do
  rm -f -- "$file" || echo "uninstall.sh: $file could not be removed" >&2
  # Folders that the installation made and that are empty now.
  folder=$(dirname -- "$file")
  while rmdir -- "$folder" 2>/dev/null; do folder=$(dirname -- "$folder"); done
done <"$list"
rm -rf -- "$here" || exit 1
rmdir -- "$(dirname -- "$here")" 2>/dev/null
echo "removed $here; your runs stay in ${XDG_DATA_HOME:-$HOME/.local/share}/latentflow"
