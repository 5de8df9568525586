#!/bin/bash
# A libvirtd that shares no file with the host's, and sees version 1 of control groups alone, where libvirt tells times per
# CPU. It is to be process 1 of namespaces of its own:
#
#     unshare --mount --pid --fork --kill-child=KILL --mount-proc --propagation private bash private-libvirtd.sh DIRECTORY
#
# DIRECTORY has libvirtd.conf, and what is to be seen at the paths of a system: etc, run, lib, log, cache. When the input
# ends, so does this shell, and with it, since it is process 1, the daemon and all guests. Until then it collects guests that
# have ended.
set -euo pipefail

directory=$1

show_at() {
    mkdir -p "$2"
    mount --bind "$directory/$1" "$2"
}

show_at etc /etc/libvirt
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

# libvirt prefers version 2 wherever it sees it with a controller.
while read -r target; do umount "$target"; done < <(findmnt --noheadings --list --output TARGET --types cgroup2)

libvirtd --config "$directory/libvirtd.conf" --pid-file "$directory/libvirtd.pid" < /dev/null &
while read -r; do :; done
