package dev.vireo.it.kernel;

import static dev.vireo.it.kernel.InsideKernel.require;
import static dev.vireo.it.kernel.KernelGroups.ROOT;
import static dev.vireo.it.kernel.KernelGroups.SLICE;
import static dev.vireo.it.kernel.KernelGroups.awaitDying;
import static dev.vireo.it.kernel.KernelGroups.switchController;
import static dev.vireo.it.kernel.LoadedGuest.MILLIS;
import static dev.vireo.it.kernel.TimesTold.open;
import static dev.vireo.it.kernel.TimesTold.origin;
import static dev.vireo.it.kernel.TimesTold.source;

import dev.vireo.Connection;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Control groups and controllers that are made anew, and guests that end. */
final class GroupsComeAndGo {
    private interface Reading {
        void of(Domain domain) throws IOException;
    }

    private GroupsComeAndGo() {}

    static void aControllerSwitchedOffAndOnIsAnotherGeneration() throws IOException {
        try (Connection connection = open("sched-group")) {
            Domain domain = connection.getDomainByName("web");
            long generation = origin(domain).generation();
            switchController(false);
            switchController(true);
            CpuStatsOrigin origin = origin(domain);
            require(origin.generation() != generation, origin);
            require(origin.since() == CpuStatsOrigin.Since.CONTROLLER_CREATED, origin);
        }
    }

    /** So little time is missing in the sum that it does not show there. */
    static void aYoungGuestsControllerIsYoungerAllTheSame() throws IOException, InterruptedException {
        Path group = SLICE.resolve("qemu-7-young.libvirt-qemu");
        try (Connection connection = open("sched-group")) {
            readAndEnd(connection, "young", group, domain -> {
                long generation = origin(domain).generation();
                switchController(false);
                switchController(true);
                CpuStatsOrigin origin = origin(domain);
                require(origin.generation() != generation, origin);
                require(origin.since() == CpuStatsOrigin.Since.CONTROLLER_CREATED, origin);
            });
        }
    }

    static void manyGroupsAreReadAndLeftAlone() throws Exception {
        String possible =
                Files.readString(Path.of("/sys/devices/system/cpu/possible")).strip();
        int cpus = 1 + Integer.parseInt(possible.substring(possible.lastIndexOf('-') + 1));
        ManyGroups.check(ROOT, SLICE, cpus);
        awaitDying(0);
    }

    /** A slot holds on to its control group; it is given back when somebody looks which guests there are. */
    static void theGroupsOfEndedGuestsGo() throws IOException, InterruptedException {
        long before = KernelGroups.dying();
        try (Connection connection = open("sched-group")) {
            for (int i = 2; i < 6; i++) {
                readAndEnd(
                        connection,
                        "gone" + i,
                        SLICE.resolve("qemu-" + i + "-gone" + i + ".libvirt-qemu"),
                        domain -> require(source(domain).equals("sched-group"), domain));
            }
            connection.listDomains();
            awaitDying(before);
        }
    }

    private static void readAndEnd(Connection connection, String name, Path group, Reading reading)
            throws IOException, InterruptedException {
        Files.createDirectory(group);
        Process gone = new ProcessBuilder(List.of("/qemu-system-x86_64", "-name", name)).start();
        try {
            gone.inputReader().readLine();
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(gone.pid()));
            reading.of(awaitDomain(connection, name));
        } finally {
            gone.destroyForcibly().waitFor();
        }
        Files.delete(group);
    }

    /** A guest that has just been moved is shown when its place has settled. */
    private static Domain awaitDomain(Connection connection, String name) {
        long deadline = System.nanoTime() + 60_000 * MILLIS;
        while (true) {
            for (Domain domain : connection.listDomains()) {
                if (domain.name().equals(name)) {
                    return domain;
                }
            }
            require(System.nanoTime() < deadline, name, "is not found");
            LockSupport.parkNanos(50 * MILLIS);
        }
    }
}
