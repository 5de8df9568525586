#!/bin/bash
# Records this machine as a host of each layout that can be made without systemd: capture-hosts.sh [LAYOUT...]
#
# Needs root, cgroup v1 and a cgroup2 at /sys/fs/cgroup/unified, libvirtd, qemu-system-x86_64, virsh and a JDK. Each layout
# lives in mount, PID and UTS namespaces of its own, and one SIGKILL of their first process ends all of it.
# A new recording has new numbers, ids and pids: HostFixturesTest is to be told them. OUT=DIRECTORY writes elsewhere.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
out=${OUT:-$here/../resources/hosts}
layouts="libvirt-v1 libvirt-v2 libvirt-hybrid libvirt-partition-v1 libvirt-session plain-shared-v1 plain-service-v1 plain-service-v2"
socket=/run/libvirt/libvirt-sock
rom=/var/lib/libvirt/images/guest.rom

outside() {
    local layout
    for layout in ${*:-$layouts}; do
        unshare -m -u -p -f --kill-child=KILL --mount-proc --propagation private \
            bash "$here/$(basename "$0")" --inside "$layout" > "$out/$layout.host.new"
        mv "$out/$layout.host.new" "$out/$layout.host"
    done
    remove_groups
}

inside() {
    hostname node1
    local group
    for group in /sys/fs/cgroup/*/cgroup.procs; do
        echo $$ > "$group"
    done
    mount -t tmpfs none /run
    local directory
    for directory in /var/lib/libvirt /etc/libvirt /var/log/libvirt /var/cache/libvirt; do
        mkdir -p "$directory" # not there where only the client is installed
        mount -t tmpfs none "$directory"
    done
    mkdir -p /run/libvirt "$(dirname $rom)"
    rom 'jmp' > $rom
    rom 'hlt' > $rom.idle
    "$1"
}

# 64 KiB of ROM that begin to run at 0xfff0: a loop, or rest
rom() {
    head -c 65520 /dev/zero
    if [ "$1" = jmp ]; then printf '\xeb\xfe'; else printf '\xfa\xf4'; fi
    head -c 14 /dev/zero
}

only_v1() { umount /sys/fs/cgroup/unified; }

only_v2() {
    umount -R -l /sys/fs/cgroup
    mount -t cgroup2 none /sys/fs/cgroup
}

libvirt-v1() { only_v1; libvirt "libvirt 9 without systemd, cgroup v1"; }
libvirt-v2() { only_v2; libvirt "libvirt 9 without systemd, cgroup v2"; }
libvirt-hybrid() { libvirt "libvirt 9 without systemd, cgroup v1 and v2 (hybrid)"; }

libvirt-partition-v1() {
    only_v1
    resource='<resource><partition>/machine/production</partition></resource>'
    # libvirt makes no partitions but its own; the administrator does
    mkdir -p /sys/fs/cgroup/{cpu,cpuacct,cpuset,memory,devices,freezer,blkio,pids}/machine/production.partition
    local file
    for file in cpus mems; do
        cat /sys/fs/cgroup/cpuset/cpuset.$file > /sys/fs/cgroup/cpuset/machine/cpuset.$file
        cat /sys/fs/cgroup/cpuset/cpuset.$file > /sys/fs/cgroup/cpuset/machine/production.partition/cpuset.$file
    done
    libvirt "libvirt 9 without systemd, cgroup v1, a partition of the administrator's: /machine/production"
}

libvirt() {
    cat > /etc/libvirt/libvirtd.conf <<< 'auth_unix_rw="none"'
    printf '%s\n' 'stdio_handler="file"' 'user="+0"' 'group="+0"' 'dynamic_ownership=0' 'security_driver="none"' \
        > /etc/libvirt/qemu.conf
    libvirtd -f /etc/libvirt/libvirtd.conf > /dev/null 2>&1 &
    uri="qemu:///system?socket=$socket"
    wait_for_daemon
    start_domain orchid 6f9619ff-8b86-4011-b42d-00c04fc964f1 kvm 2 $rom
    start_domain 'fern, left' 6f9619ff-8b86-4011-b42d-00c04fc964f2 kvm 1 $rom.idle
    capture "$1"
    virsh -q -c "$uri" destroy orchid >&2
    virsh -q -c "$uri" destroy 'fern, left' >&2
}

wait_for_daemon() {
    local try
    for try in {1..150}; do
        if virsh -q -c "$uri" list > /dev/null 2>&1; then return; fi
        sleep 0.2
    done
    echo "libvirtd does not answer at $uri" >&2
    exit 1
}

# start_domain NAME UUID TYPE VCPUS ROM
start_domain() {
    virsh -q -c "$uri" create /dev/stdin >&2 <<XML
<domain type='$3'><name>$1</name><uuid>$2</uuid><memory unit='MiB'>16</memory><vcpu>$4</vcpu>${resource:-}
<os><type arch='x86_64' machine='pc'>hvm</type><loader readonly='yes' type='rom'>$5</loader></os>
<devices><emulator>/usr/bin/qemu-system-x86_64</emulator><controller type='usb' model='none'/><memballoon model='none'/></devices></domain>
XML
}

libvirt-session() {
    only_v1
    echo 'gardener:x:1000:1000::/home/gardener:/bin/bash' > /run/passwd
    mount --bind /run/passwd /etc/passwd
    mount -t tmpfs none /home
    mkdir -p /home/gardener /run/user/1000
    chown 1000:1000 /home/gardener /run/user/1000
    join /user.slice/user-1000.slice/session-1.scope
    export XDG_RUNTIME_DIR=/run/user/1000 HOME=/home/gardener
    setpriv --reuid 1000 --regid 1000 --clear-groups libvirtd > /dev/null 2>&1 &
    uri="qemu:///session?socket=/run/user/1000/libvirt/libvirt-sock"
    wait_for_daemon
    # /dev/kvm may be root's alone: emulation will do
    start_domain orchid 6f9619ff-8b86-4011-b42d-00c04fc964f1 qemu 1 $rom.idle
    capture "libvirt 9, qemu:///session of a user, cgroup v1"
    virsh -q -c "$uri" destroy orchid >&2
}

plain-shared-v1() {
    only_v1
    join /user.slice/user-1000.slice/session-1.scope
    qemu-system-x86_64 -name plain -accel kvm -m 16 -nodefaults -display none -bios $rom &
    capture "QEMU from a shell, in the shell's session scope, cgroup v1"
}

plain-service-v1() {
    only_v1
    in_service qemu-system-x86_64 -accel kvm -m 16 -nodefaults -display none -bios $rom
    capture "QEMU alone in the group of a service, without -name and -uuid, cgroup v1"
}

plain-service-v2() {
    only_v2
    in_service qemu-system-x86_64 -name guest=shop,debug-threads=on -uuid 6f9619ff-8b86-4011-b42d-00c04fc964f3 \
        -accel kvm -m 16 -smp 2 -nodefaults -display none -bios $rom
    capture "QEMU alone in the group of a service, cgroup v2"
}

in_service() {
    (
        join /system.slice/shop.service
        exec "$@"
    ) &
}

# Puts this shell into a group of the hierarchies that count CPU time
join() {
    local group
    for group in /sys/fs/cgroup/cpuacct /sys/fs/cgroup; do
        if [ -e "$group/cgroup.procs" ]; then
            mkdir -p "$group$1"
            echo $BASHPID > "$group$1/cgroup.procs"
        fi
    done
}

capture() {
    sleep 3
    (
        join / # or it would be in the guest's group
        exec java "$here/CaptureHost.java" "$1" "captured $(date -I) by capture-hosts.sh" \
            "Linux $(uname -r | cut -d- -f1), $(libvirtd --version), $(qemu-system-x86_64 --version | head -n 1)" \
            "left out: the flags of qemuCaps in status files, other mounts, most lines of /proc/stat and of status"
    )
}

# What libvirt leaves to the administrator, and what this script made
remove_groups() {
    local directory
    for directory in /sys/fs/cgroup/*; do
        rmdir "$directory"/{machine/{production.partition,},system.slice/{shop.service,},user.slice/{user-1000.slice/{session-1.scope,},}} \
            2> /dev/null || true
    done
}

if [ "${1:-}" = --inside ]; then inside "$2"; else outside "$@"; fi
