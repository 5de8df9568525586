#!/bin/bash
# A copy of this system that holds what is changed in memory alone, for as long as standard input stays open.
#
# Usage: unshare --mount --propagation private bash system_copy.sh DIRECTORY SHARED
#
# DIRECTORY is empty; SHARED is seen as /mnt in the copy. It says which process others may enter:
# nsenter --target PID --mount --root env --chdir=/ COMMAND
set -euo pipefail

mount -t tmpfs none "$1"
mkdir "$1/changed" "$1/work" "$1/root"
mount -t overlay -o "lowerdir=/,upperdir=$1/changed,workdir=$1/work" none "$1/root"
for directory in proc dev sys; do mount --rbind "/$directory" "$1/root/$directory"; done
mount --bind "$2" "$1/root/mnt"
for directory in run tmp; do mount -t tmpfs none "$1/root/$directory"; done
exec chroot "$1/root" bash -c 'echo $$; exec cat'
