#!/bin/bash
# A libvirtd that shares no file with the host's: process 1 of mount and process namespaces of its own.
#
# Usage: unshare --mount --pid --fork --kill-child=KILL --mount-proc --propagation private \
#            bash private-libvirtd.sh DIRECTORY v1|v2|hybrid [LIBVIRTD-ARGUMENT...]
#
# DIRECTORY has what is to be seen at the paths of a system: etc, sasl2, run, lib, log, cache. Each line on standard input
# starts a libvirtd; when the input ends, so do the daemon and all of its guests, since process 1 does. This shell stays
# process 1 to collect the guests that have ended: libvirtd waits for two seconds for one that nobody collects.
set -euo pipefail

directory=$1
hierarchy=$2
shift 2

show_at() {
    mkdir -p "$2"
    mount --bind "$directory/$1" "$2"
}

show_at etc /etc/libvirt
show_at sasl2 /etc/sasl2
show_at run /run/libvirt
show_at lib /var/lib/libvirt
show_at log /var/log/libvirt
show_at cache /var/cache/libvirt

# Debian's libvirt looks its own user up before it reads which one is wanted; the system's package makes that user.
with_account() {
    cp "/etc/$1" "$directory/$1"
    grep -q '^libvirt-qemu:' "$directory/$1" || printf '%s\n' "$2" >> "$directory/$1"
    mount --bind "$directory/$1" "/etc/$1"
}

with_account passwd 'libvirt-qemu:x:64055:64055::/nonexistent:/usr/sbin/nologin'
with_account group 'libvirt-qemu:x:64055:'

# Where there is systemd, libvirt has it make the groups; it would make them for the host's processes, not for these.
if [ -d /run/dbus ]; then mount -t tmpfs none /run/dbus; fi

case $hierarchy in
    v1)
        # libvirt prefers version 2 wherever it sees it with a controller.
        while read -r target; do umount "$target"; done < <(findmnt --noheadings --list --output TARGET --types cgroup2)
        ;;
    v2)
        umount --recursive --lazy /sys/fs/cgroup
        mount -t cgroup2 none /sys/fs/cgroup
        ;;
    hybrid) ;;
    *)
        printf 'no such hierarchy: %s\n' "$hierarchy" >&2
        exit 2
        ;;
esac

while read -r; do
    libvirtd --config "$directory/libvirtd.conf" --pid-file "$directory/libvirtd.pid" "$@" < /dev/null &
done
