#!/bin/bash
# Runs a command with the files as a unit sees them that has ProtectSystem=strict, ProtectHome, PrivateTmp, PrivateDevices,
# ProtectKernelTunables and ProtectControlGroups; what systemd would do, mount by mount.
#
# Usage: unshare --mount --propagation private bash hidden_files.sh KEPT COMMAND [ARGUMENT...]
#
# KEPT is a directory that stays to be seen, as /mnt, for reading.
set -euo pipefail

mount --bind "$1" /mnt
shift
for directory in /tmp /var/tmp; do mount -t tmpfs -o mode=1777,nosuid,nodev none "$directory"; done
for directory in /home /root /run/user; do
    [ ! -d "$directory" ] || mount -t tmpfs -o mode=000,ro none "$directory"
done
mount --bind / /
mount -o remount,bind,ro /
mount -o remount,bind,ro /mnt
while read -r _ _ _ _ where _; do
    case $where in
        /sys | /sys/*) mount -o remount,bind,ro "$where" ;;
    esac
done < /proc/self/mountinfo
mount --bind /proc/sys /proc/sys
mount -o remount,bind,ro /proc/sys

devices=$(mktemp -d)
mount -t tmpfs -o mode=755 none "$devices"
for device in null zero full random urandom tty; do
    touch "$devices/$device"
    mount --bind "/dev/$device" "$devices/$device"
done
mount --rbind "$devices" /dev
cd /
exec "$@"
