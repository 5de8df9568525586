#!/bin/bash
# A copy of this system with systemd as its process 1, which holds what is changed in memory alone, for as long as standard
# input stays open. It has namespaces of its own for all that there are, but for users, and control groups of version 2 alone.
#
# Usage: unshare --mount --propagation private bash booted_copy.sh DIRECTORY SHARED
#
# DIRECTORY is empty; SHARED is seen as /mnt in the copy. It says which process is systemd, for others to enter:
# nsenter --target PID --mount --root --pid --net --uts --ipc --cgroup env --chdir=/ COMMAND
set -euo pipefail

group=$(findmnt --noheadings --first-only --output TARGET --types cgroup2)/vireo-it-boot-$$
mkdir "$group"
# Killed as they are, its processes take a moment to leave the groups.
remove_groups() {
    for _ in {1..100}; do
        find "$group" -depth -type d -exec rmdir {} + 2> /dev/null || true
        [ -d "$group" ] || return 0
        sleep 0.1
    done
}
trap remove_groups EXIT

mount -t tmpfs none "$1"
mkdir "$1/changed" "$1/work" "$1/root"
mount -t overlay -o "lowerdir=/,upperdir=$1/changed,workdir=$1/work" none "$1/root"

boot='
set -euo pipefail
mount -t proc proc "$1/proc"
mount --rbind /dev "$1/dev"
mount -t sysfs -o ro sysfs "$1/sys"
mount -t cgroup2 none "$1/sys/fs/cgroup"
mount --bind "$2" "$1/mnt"
for directory in run tmp; do mount -t tmpfs none "$1/$directory"; done
# systemd itself, and no service of the system that was copied
rm -rf "$1"/{lib,etc}/systemd/system/*.{wants,requires}
exec chroot "$1" env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    /lib/systemd/systemd --system --unit=basic.target --log-target=console --show-status=no
'
bash -c 'echo $$ > "$1/cgroup.procs"; shift; exec "$@"' enter "$group" \
    unshare --cgroup --pid --fork --kill-child=KILL --uts --ipc --net \
    bash -c "$boot" boot "$1/root" "$2" < /dev/null >&2 &
# who enters before it is systemd is in another place
until init=$(pgrep --parent $!) && [[ $(readlink "/proc/$init/exe") == */systemd ]]; do
    kill -0 $!
    sleep 0.1
done
echo "$init"
cat
kill -KILL $!
