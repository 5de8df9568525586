package dev.vireo.driver.qemu.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which processes are guests, and from when to when. */
class FindingProcessesTest extends HostTreeTests {
    private static final String QEMU = "/opt/none/qemu-system-x86_64";

    private static List<String> names(Connection connection) {
        return connection.listDomains().stream().map(Domain::name).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "/opt/none/qemu-system-x86_64, x",
        "/usr/bin/qemu-system-x86_64 (deleted), x",
        "/nix/store/abc-qemu/bin/.qemu-system-x86_64-wrapped, x",
        "/usr/libexec/qemu-kvm, x",
        "/usr/libexec/qemu-kvm (deleted), x",
        "/usr/bin/kvm, x",
        "qemu-system-aarch64, x",
    })
    void aProcessIsAGuestByItsProgramWhateverItIsCalled(String program, String command) {
        host.mountV1().process(60, 1, command, 5, "0::/\n", "y", "-name", "a").program(60, program);
        try (Connection connection = open()) {
            assertEquals(List.of("a"), names(connection));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/bin/none/dash, kvm",
        "/usr/bin/qemu-img, qemu-kvm",
        "/usr/bin/qemu-system, qemu-kvm",
        "/usr/bin/qemu-kvm-helper, qemu-kvm",
        "/usr/bin/kvmtool, kvm",
        "/qemu-system-x86_64/bash, kvm",
        "/usr/bin/xqemu-system-x86_64, kvm",
        "/usr/bin/..qemu-kvm, kvm",
        "' (deleted)', kvm",
    })
    void aProcessThatRunsSomethingElseIsNoneWhateverItIsCalled(String program, String command) {
        host.mountV1().process(60, 1, command, 5, "0::/\n", "kvm", "-name", "a").program(60, program);
        try (Connection connection = open()) {
            assertTrue(connection.listDomains().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"qemu-system-x86", "kvm", "qemu-kvm", ".qemu-system-x8"})
    void whereTheProgramMayNotBeLookedAtItsNameTells(String command) {
        host.mountV1().process(60, 1, command, 5, "0::/\n", "y", "-name", "a");
        try (Connection connection = open()) {
            assertEquals(List.of("a"), names(connection));
        }
    }

    @Test
    void aShellThatBecomesQemuIsFoundAtTheNextLook() {
        host.mountV1()
                .process(60, 1, "sh", 5, "0::/\n", "sh", "-c", "exec qemu")
                .program(60, "/bin/none/sh");
        try (Connection connection = open()) {
            assertTrue(connection.listDomains().isEmpty());
            host.write("proc/60/cmdline", "kvm\0-name\0a\0").program(60, QEMU);
            assertEquals(List.of("a"), names(connection));
            assertEquals(60, connection.getDomainByName("a").id());
        }
    }

    @Test
    void aProcessThatHasNoArgumentsYetIsFoundOnceItHas() {
        host.mountV1().process(60, 1, "kvm", 5, "0::/\n").program(60, QEMU).write("proc/60/cmdline", "");
        try (Connection connection = open()) {
            assertTrue(connection.listDomains().isEmpty());
            host.write("proc/60/cmdline", "kvm\0-name\0a\0");
            assertEquals(List.of("a"), names(connection));
        }
    }

    @Test
    void aKernelThreadIsNone() {
        host.mountV1()
                .process(60, 2, "kvm", 5, "0::/\n")
                .write("proc/60/cmdline", "")
                .write("proc/60/stat", "60 (kvm) S 2 0 0 0 -1 2129984 0 0 0 0 0 0 0 0 20 0 1 0 5 0 0\n");
        try (Connection connection = open()) {
            assertTrue(connection.listDomains().isEmpty());
        }
    }

    @Test
    void aHelperIsTheGuestOnceItsParentHasEndedAsWithDaemonize() {
        host.mountV1()
                .qemu(60, 5, "0::/\n", "kvm", "-daemonize", "-name", "a")
                .process(61, 60, "qemu-system-x86", 6, "0::/\n", "kvm", "-daemonize", "-name", "a");
        try (Connection connection = open()) {
            assertEquals(60, connection.getDomainByName("a").id());
            host.end(60).process(61, 1, "qemu-system-x86", 6, "0::/\n", "kvm", "-daemonize", "-name", "a");
            assertEquals(List.of("a"), names(connection));
            assertEquals(61, connection.getDomainByName("a").id());
        }
    }

    @Test
    void aChildOfQemuWithACommandLineOfItsOwnIsAGuest() {
        host.mountV1()
                .qemu(60, 5, "0::/\n", "kvm", "-name", "a")
                .process(61, 60, "qemu-system-x86", 6, "0::/\n", "kvm", "-name", "b");
        try (Connection connection = open()) {
            assertEquals(List.of("a", "b"), names(connection));
        }
    }

    @Test
    void aHelperThatBecomesAnotherProgramIsNoGuestAfterwards() {
        host.mountV1()
                .qemu(60, 5, "0::/\n", "kvm", "-name", "a")
                .process(61, 60, "qemu-system-x86", 6, "0::/\n", "kvm", "-name", "a")
                .program(61, QEMU);
        try (Connection connection = open()) {
            assertEquals(List.of("a"), names(connection));
            host.program(61, "/bin/none/sh");
            assertEquals(List.of("a"), names(connection));
        }
    }

    @Test
    void aZombieIsGoneFromTheNextLook() {
        host.mountV1().qemu(60, 5, "0::/\n", "kvm", "-name", "a");
        try (Connection connection = open()) {
            assertEquals(List.of("a"), names(connection));
            host.write("proc/60/statm", "0 0 0 0 0 0 0\n")
                    .write("proc/60/stat", "60 (kvm) Z 1 60 60 0 -1 64 0 0 0 0 250 70 0 0 20 0 1 0 5 0 0\n");
            assertTrue(connection.listDomains().isEmpty());
            assertTrue(connection.findDomainByName("a").isEmpty());
        }
    }

    @Test
    void aZombieThatNobodyKnewIsNoGuest() {
        host.mountV1()
                .qemu(60, 5, "0::/\n", "kvm", "-name", "a")
                .write("proc/60/stat", "60 (kvm) Z 1 60 60 0 -1 64 0 0 0 0 250 70 0 0 20 0 1 0 5 0 0\n");
        try (Connection connection = open()) {
            assertTrue(connection.listDomains().isEmpty());
        }
    }

    @Test
    void aRunThatGoesOnIsTheSameDomainAtEachLook() {
        host.mountV1().qemu(60, 5, "0::/\n", "kvm", "-name", "a");
        try (Connection connection = open()) {
            Domain first = connection.getDomainByName("a");
            host.qemu(61, 6, "0::/\n", "kvm", "-name", "b");
            assertEquals(first, connection.getDomainByName("a"));
            assertFalse(first.equals(connection.getDomainByName("b")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/../../b", "/", "..", "a b", "é ()", "guest=x,y"})
    void aNameMayHoldWhatAFilesNameMayNot(String name) {
        host.mountV1().qemu(60, 5, "5:cpu,cpuacct:/\n", "kvm", "-name", "guest=" + name.replace(",", ",,"));
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName(name);
            assertTrue(domain.cpuStats().total().cpuTimeNanos().isAvailable());
        }
    }

    @Test
    void aStatusFileOfAUserHoldsForHisOwnGuestsAlone() {
        host.mountV1()
                .qemu(60, 5, "5:cpu,cpuacct:/\n", "kvm", "-name", "a")
                .write(
                        "proc/1/root/run/user/1000/libvirt/qemu/run/a.xml",
                        "<domstatus pid='60'><domain id='7'><name>false</name><uuid>" + UUID_TEXT
                                + "</uuid></domain></domstatus>");
        try (Connection connection = open()) {
            assertEquals(List.of("a"), names(connection));
            host.qemu(61, 6, "5:cpu,cpuacct:/\n", "kvm", "-name", "b")
                    .write("proc/61/status", "Name:\tkvm\nUid:\t1000\t1000\t1000\t1000\n")
                    .write(
                            "proc/1/root/run/user/1000/libvirt/qemu/run/b.xml",
                            "<domstatus pid='61'><domain id='8'><name>own</name><uuid>" + UUID_TEXT
                                    + "</uuid></domain></domstatus>");
            assertEquals(List.of("a", "own"), names(connection));
        }
    }
}
