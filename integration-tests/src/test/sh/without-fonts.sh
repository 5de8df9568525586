#!/bin/bash
# Runs a program on a machine without fonts, as a server is; to be run in a mount namespace of its own.
#   without-fonts.sh DIRECTORY fonts|freetype PROGRAM...
set -eu
empty=$1/empty
mkdir -p "$empty"
for place in /usr/share/fonts /usr/local/share/fonts /etc/fonts; do
    if [ -d "$place" ]; then mount --bind "$empty" "$place"; fi
done
if [ "$2" = freetype ]; then
    for library in /usr/lib/*/libfreetype.so.6; do
        mount --bind /dev/null "$(readlink -f "$library")"
    done
fi
shift 2
exec "$@"
