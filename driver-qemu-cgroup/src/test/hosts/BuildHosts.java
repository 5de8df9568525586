import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the hosts that could not be captured, each after the sources of what manages guests there: {@code java
 * BuildHosts.java DIRECTORY}. The same each time. The format is told in {@code RecordedHost}.
 *
 * <p>Of guest N the group has used N.500000123 s (user N.4 s, system 0.1 s), the QEMU process alone N.39 s (user N.3 s, system
 * 0.09 s), so that a reading tells where it was read.
 */
public final class BuildHosts {
    private static final String QEMU = "/usr/bin/qemu-system-x86_64";
    private static final String LIBVIRT = "libvirt docs/cgroups.rst (42b5e496a759), domain_driver.c (0268270b0f09)";
    private static final String RHEL_QEMU = "/usr/libexec/qemu-kvm";
    private static final String KATA_QEMU = "/opt/kata/bin/qemu-system-x86_64";
    private static final String POD = "6a1b9c52_3c55_4d5e_9c1f_0d3f2a7b8e91";
    private static final String CONTAINER = "3f1c".repeat(16);

    private final Path directory;

    private BuildHosts(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException {
        new BuildHosts(Path.of(arguments[0])).build();
    }

    private void build() throws IOException {
        libvirt();
        proxmox();
        kubernetes();
        daemons();
        oddities();
    }

    private void libvirt() throws IOException {
        write("libvirt-systemd-v1", libvirtWithSystemd(Version.V1));
        write("libvirt-systemd-v2", libvirtWithSystemd(Version.V2));
        write("libvirt-systemd-7.0", libvirtBeforeItsOwnLevel());
        write("libvirt-systemd-no-id", libvirtScopeWithoutId());
        write("libvirt-systemd-partition", libvirtPartition());
        write("libvirt-embedded", libvirtEmbedded());
        write("libvirt-1.0.4", libvirtBelowTheDaemon());
    }

    private void proxmox() throws IOException {
        write("proxmox-v1", proxmox(Version.V1));
        write("proxmox-v2", proxmox(Version.V2));
    }

    private void kubernetes() throws IOException {
        write("kubevirt-containerd-v2", kubevirtWithHousekeeping());
        write("kubevirt-crio-v2", kubevirtCrio());
        write("kubevirt-cgroupfs-v1", kubevirtCgroupfs());
        write("pod-without-kubevirt", podWithoutKubevirt());
        write("kata", kata());
    }

    private void daemons() throws IOException {
        write("incus", incus());
        write("lxd-snap", lxdSnap());
        write("multipass", multipass());
        write("opennebula", openNebula());
        write("lima", lima());
        write("vmspawn", vmspawn());
        write("vmspawn-256", olderVmspawn());
    }

    private void oddities() throws IOException {
        write("renamed-process", renamedProcess());
        write("qemu-kvm-libexec", qemuKvm());
        write("deleted-program", deletedProgram());
        write("agent-container", agentContainer());
        write("agent-host-mount", agentWithTheHostsMount());
    }

    /** libvirt docs/cgroups.rst; the machine's name in src/hypervisor/domain_driver.c. */
    private static Host libvirtWithSystemd(Version version) {
        String web = "/machine.slice/machine-qemu\\x2d3\\x2dweb.scope";
        String db = "/machine.slice/machine-qemu\\x2d12\\x2dstoredb.1.scope";
        return new Host(version, "libvirt 7.1 or later with systemd-machined, " + version.words, LIBVIRT)
                .process(700, 1, "libvirtd", "/usr/sbin/libvirtd", "/system.slice/libvirtd.service")
                .qemu(2101, 1, web + "/libvirt/emulator", libvirtLine("web", 1))
                .libvirtGroups(web, "/libvirt", 1, 2101)
                .status("web", 3, 1, 2101)
                .qemu(2201, 2, db + "/libvirt/emulator", libvirtLine("store, db.-1", 2))
                .libvirtGroups(db, "/libvirt", 2, 2201)
                .status("store, db.-1", 12, 2, 2201);
    }

    /** libvirt docs/cgroups.rst, before 7.1: the scope itself is the domain's group. */
    private static Host libvirtBeforeItsOwnLevel() {
        String web = "/machine.slice/machine-qemu\\x2d3\\x2dweb.scope";
        return new Host(Version.V1, "libvirt before 7.1 with systemd-machined, cgroup v1", LIBVIRT)
                .process(700, 1, "libvirtd", "/usr/sbin/libvirtd", "/system.slice/libvirtd.service")
                .qemu(2101, 1, web + "/emulator", libvirtLine("web", 1))
                .libvirtGroups(web, "", 1, 2101)
                .status("web", 3, 1, 2101);
    }

    /** libvirt 1.2, not read: the machine's name has no id, -name no guest=; netdata issue 753 shows such a host. */
    private static Host libvirtScopeWithoutId() {
        String web = "/machine.slice/machine-qemu\\x2dweb.scope";
        return new Host(
                        Version.V1,
                        "libvirt 1.2 with systemd, the scope has no id, cgroup v1",
                        "netdata issue 753; libvirt 1.2 was not read")
                .process(700, 1, "libvirtd", "/usr/sbin/libvirtd", "/system.slice/libvirtd.service")
                .qemu(2101, 1, web + "/emulator", QEMU + " -name web -S -uuid " + uuid(1))
                .libvirtGroups(web, "", 1, 2101)
                .status("web", 3, 1, 2101);
    }

    /** libvirt docs/cgroups.rst: partitions are slices of their own. */
    private static Host libvirtPartition() {
        String web = "/machine.slice/machine-production.slice/machine-qemu\\x2d3\\x2dweb.scope";
        return new Host(Version.V2, "libvirt with systemd, partition /machine/production, cgroup v2", LIBVIRT)
                .process(700, 1, "virtqemud", "/usr/sbin/virtqemud", "/system.slice/virtqemud.service")
                .qemu(2101, 1, web + "/libvirt/emulator", libvirtLine("web", 1))
                .libvirtGroups(web, "/libvirt", 1, 2101)
                .status("web", 3, 1, 2101);
    }

    /**
     * libvirt src/hypervisor/domain_driver.c: with qemu:///embed?root=DIR the name has eight digits of a hash of DIR,
     * today behind the word "embed" (that it was not there once is hearsay). The status file is below DIR, where nobody finds it.
     */
    private static Host libvirtEmbedded() {
        String web = "/machine.slice/machine-qemu\\x2dembed\\x2d1a2b3c4d\\x2d3\\x2dweb.scope";
        String db = "/machine.slice/machine-qemu\\x2d5e6f7a8b\\x2d4\\x2ddb.scope";
        return new Host(Version.V2, "libvirt's embedded driver, a newer and an older one, cgroup v2", LIBVIRT)
                .process(700, 1, "builder", "/usr/bin/builder", "/system.slice/builder.service")
                .qemu(2101, 1, web + "/libvirt/emulator", libvirtLine("web", 1))
                .libvirtGroups(web, "/libvirt", 1, 2101)
                .qemu(2201, 2, db + "/libvirt/emulator", libvirtLine("db", 2))
                .libvirtGroups(db, "/libvirt", 2, 2201);
    }

    /** libvirt docs/cgroups.rst, legacy layout: below the group that libvirtd was started in. */
    private static Host libvirtBelowTheDaemon() {
        String web = "/system/libvirtd.service/libvirt/qemu/web";
        return new Host(Version.V1, "libvirt before 1.0.5, cgroup v1", LIBVIRT)
                .process(700, 1, "libvirtd", "/usr/sbin/libvirtd", "/system/libvirtd.service")
                .qemu(2101, 1, web + "/emulator", QEMU + " -name web -S -uuid " + uuid(1))
                .libvirtGroups(web, "", 1, 2101)
                .status("web", 3, 1, 2101);
    }

    /** qemu-server src/PVE/QemuServer.pm: config_to_command, start_swtpm, and the scope VMID in qemu.slice. */
    private static Host proxmox(Version version) {
        Host host = new Host(version, "Proxmox VE, " + version.words, "qemu-server e6352be6")
                .process(700, 1, "pvedaemon", "/usr/bin/perl", "/system.slice/pvedaemon.service");
        proxmoxGuest(host, 101, "web", 1).process(2190, 1, "swtpm", "/usr/bin/swtpm", "/qemu.slice/101.scope");
        host.group("/qemu.slice/101.scope", 1, "2101", "2190");
        proxmoxGuest(host, 102, "db.example.com", 2).group("/qemu.slice/102.scope", 2, "2201");
        return host;
    }

    private static Host proxmoxGuest(Host host, int vmid, String name, int guest) {
        String line = "/usr/bin/kvm -id " + vmid + " -name " + name + ",debug-threads=on -no-shutdown -pidfile"
                + " /var/run/qemu-server/" + vmid + ".pid -daemonize -smbios type=1,uuid=" + uuid(guest)
                + " -smp 2,sockets=1,cores=2,maxcpus=2 -nodefaults";
        return host.guest(2001 + guest * 100, 1, QEMU, guest, "/qemu.slice/" + vmid + ".scope", line);
    }

    /** kubevirt pkg/hypervisor/kvm/runtime.go: with dedicated CPUs all but the vCPU threads are moved to "housekeeping". */
    private static Host kubevirtWithHousekeeping() {
        String pod = "/kubepods.slice/kubepods-pod" + POD + ".slice/cri-containerd-" + CONTAINER + ".scope";
        Host host =
                new Host(Version.V2, "KubeVirt, containerd, systemd, dedicated CPUs, cgroup v2", "kubevirt d923fdb815");
        return kubevirtPod(host, pod + "/housekeeping", 1)
                .group(pod, 1, "2101", "2002", "2003", "2004", "2005")
                .entry("cgroup.type = domain threaded")
                .section("sys/fs/cgroup" + pod + "/housekeeping")
                .entry("cgroup.type = threaded")
                // EOPNOTSUPP; a directory cannot be read either
                .entry("cgroup.procs/")
                .lines("cpu.stat", "usage_usec 77", "user_usec 70", "system_usec 7");
    }

    /** kubevirt cmd/virt-launcher; crun makes the group "container" in the scope. */
    private static Host kubevirtCrio() {
        String pod = "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" + POD + ".slice/crio-"
                + CONTAINER + ".scope/container";
        Host host = new Host(Version.V2, "KubeVirt, CRI-O with crun, systemd, cgroup v2", "kubevirt d923fdb815");
        return kubevirtPod(host, pod, 1).group(pod, 1, "2101", "2002", "2003", "2004", "2005");
    }

    /** kubevirt pkg/virt-handler/cgroup: on v1 "housekeeping" is a cpuset alone. */
    private static Host kubevirtCgroupfs() {
        String pod = "/kubepods/burstable/pod" + POD.replace('_', '-') + "/" + CONTAINER;
        Host host = new Host(Version.V1, "KubeVirt, cgroupfs driver, cgroup v1", "kubevirt d923fdb815");
        return kubevirtPod(host, pod, 1).group(pod, 1, "2101", "2002", "2003", "2004", "2005");
    }

    private static Host kubevirtPod(Host host, String group, int guest) {
        String line = RHEL_QEMU + " -name guest=default_web,debug-threads=on -S -uuid " + uuid(guest);
        return host.process(2002, 1, "virt-launcher-m", "/usr/bin/virt-launcher-monitor", group)
                .process(2003, 2002, "virt-launcher", "/usr/bin/virt-launcher", group)
                .process(2004, 2003, "virtqemud", "/usr/sbin/virtqemud", group)
                .process(2005, 2003, "virtlogd", "/usr/sbin/virtlogd", group)
                .guest(2101, 2002, RHEL_QEMU, guest, group, line);
    }

    /** A container whose entry point is a shell that starts QEMU. */
    private static Host podWithoutKubevirt() {
        String pod = "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod" + POD
                + ".slice/cri-containerd-" + CONTAINER + ".scope";
        return new Host(
                        Version.V2,
                        "a pod that runs QEMU from a shell, containerd, cgroup v2",
                        "no source: QEMU is a shell's child")
                .process(2002, 1, "sh", "/usr/bin/dash", pod)
                .guest(2101, 2002, QEMU, 1, pod, QEMU + " -name builder -uuid " + uuid(1))
                .group(pod, 1, "2002", "2101");
    }

    /** kata-containers src/runtime/virtcontainers (qemu.go): one sandbox in its pod's group, one in kata_overhead. */
    private static Host kata() {
        String pod = "/kubepods.slice/kubepods-pod" + POD + ".slice/cri-containerd-" + CONTAINER + ".scope";
        String overhead = "/kata_overhead/" + "9d2e".repeat(16);
        return new Host(
                        Version.V2,
                        "Kata Containers, sandbox_cgroup_only true and false, cgroup v2",
                        "kata-containers qemu.go, pull request 11598")
                .process(2002, 1, "containerd-shim", "/opt/kata/bin/containerd-shim-kata-v2", pod)
                .process(2003, 2002, "virtiofsd", "/opt/kata/libexec/virtiofsd", pod)
                .guest(2101, 1, KATA_QEMU, 1, pod, kataLine(CONTAINER, 1))
                .group(pod, 1, "2002", "2003", "2101")
                .process(2012, 1, "containerd-shim", "/opt/kata/bin/containerd-shim-kata-v2", overhead)
                .guest(2201, 1, KATA_QEMU, 2, overhead, kataLine("9d2e".repeat(16), 2))
                .group(overhead, 2, "2012", "2201");
    }

    private static String kataLine(String sandbox, int guest) {
        return KATA_QEMU + " -name sandbox-" + sandbox + ",debug-threads=on -uuid " + uuid(guest) + " -daemonize";
    }

    /** incus internal/server/instance/drivers/driver_qemu.go: each guest stays in the daemon's own group. */
    private static Host incus() {
        String service = "/system.slice/incus.service";
        Host host = new Host(Version.V2, "Incus, cgroup v2", "incus be7afc5df3")
                .process(700, 1, "incusd", "/usr/libexec/incus/incusd", service);
        incusGuest(host, QEMU, service, "web", 1);
        return incusGuest(host, QEMU, service, "db", 2).group(service, 3, "700", "2101", "2201");
    }

    /** The same driver of LXD, in a snap. */
    private static Host lxdSnap() {
        String service = "/system.slice/snap.lxd.daemon.service";
        String program = "/snap/lxd/31333/bin/qemu-system-x86_64";
        Host host = new Host(
                        Version.V1, "LXD as a snap, cgroup v1", "incus be7afc5df3, which came of LXD; LXD was not read")
                .process(700, 1, "lxd", "/snap/lxd/31333/bin/lxd", service);
        incusGuest(host, program, service, "web", 1);
        return incusGuest(host, program, service, "db", 2).group(service, 3, "700", "2101", "2201");
    }

    private static Host incusGuest(Host host, String program, String service, String name, int guest) {
        String line = program + " -S -name " + name + " -uuid " + uuid(guest)
                + " -daemonize -cpu host -nographic -serial chardev:console -pidfile /run/incus/" + name + "/qemu.pid";
        return host.guest(2001 + guest * 100, 1, program, guest, service, line);
    }

    /** multipass src/platform/backends/qemu/qemu_vm_process_spec.cpp: there is no -name. */
    private static Host multipass() {
        String line = "/snap/multipass/14535/usr/bin/qemu-system-x86_64 -L /snap/multipass/14535/qemu -smp 1 -m 1024M"
                + " -qmp stdio -nographic -uuid " + uuid(1);
        String service = "/system.slice/snap.multipass.multipassd.service";
        String program = "/snap/multipass/14535/usr/bin/qemu-system-x86_64";
        return new Host(Version.V2, "multipass as a snap, cgroup v2", "multipass 9b0af2ec3")
                .process(700, 1, "multipassd", "/snap/multipass/14535/bin/multipassd", service)
                .guest(2101, 700, program, 1, service, line)
                .group(service, 3, "700", "2101");
    }

    /** OpenNebula over libvirt 1.3 of Ubuntu 16.04: the CPU time of guests is the service's, and not their own groups'. */
    private static Host openNebula() {
        String service = "/system.slice/libvirt-bin.service";
        return new Host(
                        Version.V1,
                        "OpenNebula, guests in libvirt-bin.service, cgroup v1",
                        "OpenNebula issue 2602, netdata issue 7650")
                .process(700, 1, "libvirtd", "/usr/sbin/libvirtd", service)
                .qemu(2101, 1, service, QEMU + " -name one-41 -S -uuid " + uuid(1))
                .qemu(2201, 2, service, QEMU + " -name one-42 -S -uuid " + uuid(2))
                .group(service, 3, "700", "2101", "2201")
                .status("one-41", 1, 1, 2101)
                .status("one-42", 2, 2, 2201);
    }

    /** lima pkg/driver/qemu/qemu.go: in the session of the user who called limactl; there is no -uuid. */
    private static Host lima() {
        String line = QEMU + " -m 4096 -cpu host -machine q35,accel=kvm -smp 4,sockets=1,cores=4,threads=1"
                + " -name lima-default -pidfile /home/gardener/.lima/default/qemu.pid";
        String session = "/user.slice/user-1000.slice/session-2.scope";
        return new Host(Version.V2, "Lima in a user's session, cgroup v2", "lima 183a60d7")
                .process(2002, 1, "limactl", "/usr/local/bin/limactl", session)
                .guest(2101, 2002, QEMU, 1, session, line)
                .group(session, 3, "900", "2002", "2101");
    }

    /** systemd src/vmspawn/vmspawn-register.c: systemd-machined is asked for a unit; there is no -name. */
    private static Host vmspawn() {
        return vmspawn("systemd-vmspawn, cgroup v2", "/machine.slice/machine-fedora.scope");
    }

    /** systemd src/vmspawn/vmspawn-scope.c before that: a scope of its own. */
    private static Host olderVmspawn() {
        return vmspawn("systemd-vmspawn 256, cgroup v2", "/system.slice/sd-vmspawn-3026478598-fedora.scope");
    }

    private static Host vmspawn(String what, String scope) {
        String line = QEMU + " -machine type=q35,accel=kvm,smm=on -smp 1 -m 2048M -uuid " + uuid(1)
                + " -nic none -smbios type=11,value=io.systemd.stub.kernel-cmdline-extra=console=ttyS0";
        return new Host(Version.V2, what, "systemd src/vmspawn (105113b64b44, 002243ea64f1, 020a6a6d421e)")
                .process(2002, 1, "systemd-vmspawn", "/usr/bin/systemd-vmspawn", scope)
                .guest(2101, 2002, QEMU, 1, scope, line)
                .group(scope, 1, "2002", "2101");
    }

    /** qemu(1): -name process=NAME renames the process, not its program. */
    private static Host renamedProcess() {
        String service = "/system.slice/web.service";
        return new Host(Version.V2, "QEMU renamed by -name process=, alone in a service, cgroup v2", "qemu(1), -name")
                .qemu(2101, 1, service, QEMU + " -name web,process=web server (1) -uuid " + uuid(1))
                .group(service, 1, "2101");
    }

    /** The program of RHEL and its kin. */
    private static Host qemuKvm() {
        String service = "/system.slice/web.service";
        return new Host(
                        Version.V2,
                        "/usr/libexec/qemu-kvm alone in a service, cgroup v2",
                        "kubevirt d923fdb815, which looks for it there")
                .guest(2101, 1, RHEL_QEMU, 1, service, RHEL_QEMU + " -name web -uuid " + uuid(1))
                .group(service, 1, "2101");
    }

    /** proc(5): the program of a process that runs on after its package was upgraded. It was renamed as well. */
    private static Host deletedProgram() {
        String line = RHEL_QEMU + " -name web,process=web -uuid " + uuid(1);
        String service = "/system.slice/web.service";
        return new Host(Version.V2, "QEMU upgraded while it ran, and renamed, cgroup v2", "proc(5), exe")
                .guest(2101, 1, RHEL_QEMU + " (deleted)", 1, service, line)
                .group(service, 1, "2101");
    }

    /** cgroup_namespaces(7): paths outside of the reader's own group begin with /.., and its mount does not show them. */
    private static Host agentContainer() {
        String web = "/machine.slice/machine-qemu\\x2d3\\x2dweb.scope";
        return new Host(Version.V2, "seen from a container with the host's PIDs, cgroup v2", "cgroup_namespaces(7)")
                .qemu(2101, 1, "/../.." + web + "/libvirt/emulator", libvirtLine("web", 1));
    }

    /** The same, but what stands for /sys is the host's, whose mount tells its root in the same way. */
    private static Host agentWithTheHostsMount() {
        String web = "/machine.slice/machine-qemu\\x2d3\\x2dweb.scope";
        String what = "from a container that sees the host's /sys, cgroup v2";
        return new Host(Version.V2_FROM_BELOW, what, "cgroup_namespaces(7)")
                .qemu(2101, 1, "/../.." + web + "/libvirt/emulator", libvirtLine("web", 1))
                .libvirtGroups(web, "/libvirt", 1, 2101);
    }

    private static String libvirtLine(String name, int guest) {
        return QEMU + " -name guest=" + name.replace(",", ",,") + ",debug-threads=on -S -machine pc-q35-8.2,usb=off"
                + " -accel kvm -m size=2097152k -smp 2,sockets=2,cores=1,threads=1 -uuid " + uuid(guest);
    }

    private static String uuid(int guest) {
        return "0e4ab7c1-5d0f-4f7e-8a3b-00000000000" + guest;
    }

    private void write(String name, Host host) throws IOException {
        Files.writeString(directory.resolve(name + ".host"), host.text.toString());
    }

    /** Which control groups a host has, as systemd mounts them. */
    private enum Version {
        V1(
                "cgroup v1",
                "33 32 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid,nodev,noexec,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct"),
        V2(
                "cgroup v2",
                "33 32 0:28 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate"),
        V2_FROM_BELOW("cgroup v2", V2.mount.replace(" / ", " /../.. "));

        private final String words;
        private final String mount;

        Version(String words, String mount) {
            this.words = words;
            this.mount = mount;
        }
    }

    /** The text of a host. */
    private static final class Host {
        private final StringBuilder text = new StringBuilder();
        private final Version version;

        /** Begins a host with two CPUs, an init, a kernel thread and a user's shell. */
        Host(Version version, String what, String source) {
            this.version = version;
            entry("# " + what);
            entry("# built 2026-11-23 by BuildHosts.java after " + source);
            section("proc");
            lines(
                    "stat",
                    "cpu  3000 0 900 18000 20 0 4 0 90 0",
                    "cpu0 1500 0 400 9000 10 0 2 0 50 0",
                    "cpu1 1500 0 500 9000 10 0 2 0 40 0",
                    "btime 1790000000");
            lines("meminfo", "MemTotal:       16777216 kB", "MemFree:         8388608 kB");
            entry("1/mountinfo = " + version.mount);
            entry("sys/kernel/hostname = node1");
            entry("sys/kernel/random/boot_id = 5a9ad2a4-0a05-4a8d-a1e2-0b4c6b4a3c11");
            section("sys/devices/system/cpu");
            entry("possible = 0-1");
            entry("present = 0-1");
            entry("online = 0-1");
            process(1, 0, "systemd", "/usr/lib/systemd/systemd", "/init.scope");
            process(2, 0, "kthreadd", null, "/");
            process(900, 1, "bash", "/usr/bin/bash", "/user.slice/user-1000.slice/session-2.scope");
        }

        Host process(int pid, int parent, String comm, String program, String group) {
            return process(pid, parent, comm, program, group, 7, 3);
        }

        private Host process(int pid, int parent, String comm, String program, String group, int user, int system) {
            section("proc/" + pid);
            stat("stat", pid, parent, comm, user, system);
            entry(program == null ? "statm = 0 0 0 0 0 0 0" : "statm = 250000 50000 4000 1500 0 60000 0");
            entry("comm = " + comm);
            lines(
                    "cgroup",
                    version == Version.V1
                            ? new String[] {"4:cpu,cpuacct:" + group, "1:name=systemd:" + group}
                            : new String[] {"0::" + group});
            lines(
                    "status",
                    "Name:\t" + comm,
                    "State:\tS (sleeping)",
                    "Pid:\t" + pid,
                    "PPid:\t" + parent,
                    group.startsWith("/user.slice/user-1000") ? "Uid:\t1000\t1000\t1000\t1000" : "Uid:\t0\t0\t0\t0");
            return program == null ? this : entry("exe -> " + program);
        }

        Host qemu(int pid, int guest, String group, String commandLine) {
            return guest(pid, 1, QEMU, guest, group, commandLine);
        }

        /** A process that runs QEMU, with two vCPUs; in its command line options begin with " -". */
        Host guest(int pid, int parent, String program, int guest, String group, String commandLine) {
            String comm = comm(commandLine);
            process(pid, parent, comm, program, group, guest * 100 + 30, 9);
            List<String> arguments = new ArrayList<>();
            for (String option : commandLine.split(" (?=-)")) {
                for (String argument : option.split(" ", 2)) {
                    arguments.add(argument + "\0");
                }
            }
            lines("cmdline", arguments.toArray(String[]::new));
            boolean named = commandLine.contains("debug-threads=on");
            task(pid, pid, comm, 30, 4);
            task(pid, pid + 4, named ? "CPU 0/KVM" : comm, guest * 50, 3);
            return task(pid, pid + 5, named ? "CPU 1/KVM" : comm, guest * 50, 2);
        }

        /** The kernel calls a process after its program, up to 15 bytes, until it calls itself something else. */
        private static String comm(String commandLine) {
            String called = commandLine.contains("process=")
                    ? commandLine.replaceFirst(".*process=", "")
                    : commandLine.replaceFirst(" -.*", "").replaceFirst(".*/", "");
            String name = called.replaceFirst(" -.*", "");
            return name.substring(0, Math.min(name.length(), 15));
        }

        private Host task(int pid, int tid, String comm, int user, int system) {
            entry("task/" + tid + "/comm = " + comm);
            stat("task/" + tid + "/stat", tid, 1, comm, user, system);
            return entry("task/" + tid + "/schedstat = " + (user + system) * 10_000_123L + " 4567 89");
        }

        private void stat(String file, int pid, int parent, String comm, int user, int system) {
            String memory = comm.equals("kthreadd") ? "0 0" : "1024000000 50000";
            entry(file + " = " + pid + " (" + comm + ") S " + parent + " " + pid + " " + pid
                    + " 0 -1 4194560 100 0 0 0 " + user + " " + system + " 0 0 20 0 3 0 " + (1000 + pid) + " " + memory
                    + " 18446744073709551615");
        }

        /** A domain's group with those of its emulator and two vCPUs, below the level that libvirt has in the scope. */
        Host libvirtGroups(String scope, String level, int guest, int pid) {
            if (!level.isEmpty()) {
                group(scope, guest);
            }
            if (version == Version.V1) {
                group(scope + level, guest);
            } else {
                group(scope + level, guest, "" + pid).entry("cgroup.type = domain threaded");
            }
            times(scope + level + "/emulator", "260000123", "24", "2", pid);
            times(scope + level + "/vcpu0", guest + "040000000", guest * 100 + "", "4", pid);
            return times(scope + level + "/vcpu1", "200000000", "16", "4", pid);
        }

        private Host times(String group, String nanos, String user, String system, int pid) {
            usage(group, nanos, user, system);
            return version == Version.V1
                    ? entry("cgroup.procs = " + pid)
                    : entry("cgroup.type = threaded").entry("cgroup.procs/");
        }

        /** A group with these processes, and the times of a guest. */
        Host group(String path, int guest, String... pids) {
            usage(path, guest + "500000123", guest * 100 + 40 + "", "10");
            return lines("cgroup.procs", pids);
        }

        private void usage(String path, String nanos, String user, String system) {
            if (version == Version.V1) {
                section("sys/fs/cgroup/cpu,cpuacct" + path);
                entry("cpuacct.usage = " + nanos);
                lines("cpuacct.stat", "user " + user, "system " + system);
                entry("cpuacct.usage_percpu = " + (Long.parseLong(nanos) - 100_000_000) + " 100000000\\x20");
            } else {
                section("sys/fs/cgroup" + path);
                lines(
                        "cpu.stat",
                        "usage_usec " + Long.parseLong(nanos) / 1000,
                        "user_usec " + user + "0000",
                        "system_usec " + system + "0000",
                        "nr_periods 0",
                        "nr_throttled 0",
                        "throttled_usec 0");
            }
        }

        /** What libvirt keeps of a domain that runs, shortened. */
        Host status(String name, int id, int guest, int pid) {
            section("proc/1/root/run/libvirt/qemu");
            return lines(
                    name + ".xml",
                    "<domstatus state='running' reason='booted' pid='" + pid + "'>",
                    "  <vcpus>",
                    "    <vcpu id='0' pid='" + (pid + 4) + "'/>",
                    "    <vcpu id='1' pid='" + (pid + 5) + "'/>",
                    "  </vcpus>",
                    "  <domain type='kvm' id='" + id + "'>",
                    "    <name>" + name + "</name>",
                    "    <uuid>" + uuid(guest) + "</uuid>",
                    "  </domain>",
                    "</domstatus>");
        }

        Host section(String directory) {
            return entry("\n[" + escape(directory) + "]");
        }

        Host lines(String name, String... lines) {
            entry(name);
            for (String line : lines) {
                entry("  " + escape(line));
            }
            return this;
        }

        Host entry(String line) {
            text.append(line).append('\n');
            return this;
        }

        private static String escape(String plain) {
            return plain.replace("\\", "\\\\").replace("\0", "\\0");
        }
    }
}
