#!/bin/bash
# Runs a command where libvirt's client library is not installed, or only as a host has it that builds nothing with it.
#
# Usage: unshare --mount --propagation private bash without-libvirt.sh DIRECTORY library|link COMMAND [ARGUMENT...]
#
# "library" takes away all of it, "link" the name without a version, which a package for developers brings. What changes
# is kept in memory, seen at DIRECTORY.
set -euo pipefail

layers=$1
case $2 in
    library) names='libvirt.so*' ;;
    link) names='libvirt.so' ;;
    *)
        printf 'neither library nor link: %s\n' "$2" >&2
        exit 2
        ;;
esac
shift 2

# What is removed from a layer above a directory is still there for everybody else.
mount -t tmpfs none "$layers"
number=0
while read -r directory; do
    number=$((number + 1))
    mkdir "$layers/$number" "$layers/$number/changes" "$layers/$number/work"
    options=lowerdir=$directory,upperdir=$layers/$number/changes,workdir=$layers/$number/work
    mount -t overlay -o "$options" overlay "$directory"
    # The pattern is to be expanded.
    # shellcheck disable=SC2086
    rm -f "$directory"/$names
done < <(ldconfig -p | sed -n 's|.*=> \(/.*\)/libvirt\.so[^/]*$|\1|p' | xargs -r realpath | sort -u)

exec "$@"
