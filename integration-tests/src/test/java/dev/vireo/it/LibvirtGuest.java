package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A guest of a private libvirtd.
 *
 * @param daemon whose it is
 * @param spec what guest it is
 */
record LibvirtGuest(LibvirtDaemon daemon, GuestSpec spec) {
    /** Creates a guest that libvirt forgets when it ends. */
    static LibvirtGuest create(LibvirtDaemon daemon, GuestSpec spec) throws IOException {
        return new LibvirtGuest(daemon, spec).handOver("create");
    }

    /** Defines a guest that stays known when it does not run; it does not run yet. */
    static LibvirtGuest define(LibvirtDaemon daemon, GuestSpec spec) throws IOException {
        return new LibvirtGuest(daemon, spec).handOver("define");
    }

    private LibvirtGuest handOver(String how) throws IOException {
        Path xml = daemon.root().resolve(name() + ".xml");
        spec.rom().writeTo(rom());
        Files.writeString(xml, xml());
        virsh(how, xml.toString());
        return this;
    }

    private Path rom() {
        return daemon.root().resolve(name() + ".rom");
    }

    String xml() {
        return DomainXml.guest(spec, rom());
    }

    String name() {
        return spec.name();
    }

    UUID uuid() {
        return spec.uuid();
    }

    void start() {
        virsh("start", name());
    }

    void destroy() {
        virsh("destroy", name());
    }

    void undefine() {
        virsh("undefine", name());
    }

    void suspend() {
        virsh("suspend", name());
    }

    /** Stops QEMU, as one that hangs; libvirt is not told. */
    void hang() throws IOException {
        Signals.stop(qemuPid());
    }

    void wakeUp() {
        Signals.resume(qemuPid());
    }

    int qemuPid() {
        ProcessHandle qemu = daemon.qemu(name())
                .orElseThrow(() -> new AssertionError("no QEMU runs for " + name() + "; " + daemon.errors()));
        return Math.toIntExact(qemu.pid());
    }

    /** Returns what {@code virsh cpu-stats} prints of it. */
    String printedByVirsh(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "cpu-stats";
        arguments[1] = name();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return daemon.virsh(arguments).requireSuccess().out();
    }

    private void virsh(String... arguments) {
        CommandRun run = daemon.virsh(arguments);
        if (run.exitCode() != 0) {
            throw new AssertionError(run + daemon.errors());
        }
    }
}
