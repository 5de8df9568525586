package dev.vireo.it;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What guest is to be started.
 *
 * @param name its name, empty if its command line is to say nothing of it
 * @param uuid its uuid
 * @param vcpus how many vCPUs it has
 * @param rom what they do
 * @param accelerator {@code kvm} or {@code tcg}
 * @param memoryMib its memory
 * @param namesThreads whether QEMU names its threads
 * @param hasMonitor whether it can be told what to do
 */
record GuestSpec(
        String name,
        UUID uuid,
        int vcpus,
        GuestRom rom,
        String accelerator,
        int memoryMib,
        boolean namesThreads,
        boolean hasMonitor) {
    static GuestSpec of(GuestRom rom) {
        return new GuestSpec(
                UniqueNames.next(), UUID.randomUUID(), 1, rom, Guest.fastestAccelerator(), 16, true, false);
    }

    GuestSpec nameless() {
        return new GuestSpec("", new UUID(0, 0), vcpus, rom, accelerator, memoryMib, false, hasMonitor);
    }

    GuestSpec withVcpus(int count) {
        return new GuestSpec(name, uuid, count, rom, accelerator, memoryMib, namesThreads, hasMonitor);
    }

    GuestSpec withRom(GuestRom other) {
        return new GuestSpec(name, uuid, vcpus, other, accelerator, memoryMib, namesThreads, hasMonitor);
    }

    /** Without KVM: translated code is a process's own, so it is user time. */
    GuestSpec emulated() {
        return new GuestSpec(name, uuid, vcpus, rom, "tcg", memoryMib, namesThreads, hasMonitor);
    }

    GuestSpec withMemoryMib(int size) {
        return new GuestSpec(name, uuid, vcpus, rom, accelerator, size, namesThreads, hasMonitor);
    }

    GuestSpec withoutThreadNames() {
        return new GuestSpec(name, uuid, vcpus, rom, accelerator, memoryMib, false, hasMonitor);
    }

    GuestSpec withMonitor() {
        return new GuestSpec(name, uuid, vcpus, rom, accelerator, memoryMib, namesThreads, true);
    }

    /** Returns QEMU's arguments, but for the firmware. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (!name.isEmpty()) {
            arguments.addAll(List.of("-name", "guest=" + name + (namesThreads ? ",debug-threads=on" : "")));
            arguments.addAll(List.of("-uuid", uuid.toString()));
        }
        arguments.addAll(List.of("-accel", accelerator, "-machine", "pc", "-smp", Integer.toString(vcpus)));
        arguments.addAll(List.of("-m", Integer.toString(memoryMib)));
        arguments.addAll(List.of("-display", "none", "-nodefaults", "-no-user-config"));
        if (hasMonitor) {
            arguments.addAll(List.of("-qmp", "stdio"));
        }
        return arguments;
    }
}
