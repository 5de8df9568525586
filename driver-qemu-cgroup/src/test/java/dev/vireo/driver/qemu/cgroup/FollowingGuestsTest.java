package dev.vireo.driver.qemu.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.Reading;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What becomes of a guest that somebody holds on to while its surroundings change; time passes as the test says. */
class FollowingGuestsTest extends HostTreeTests {
    private static final long SECOND = 1_000_000_000L;
    private static final String V1 = "sys/fs/cgroup/cpu,cpuacct";

    private final AtomicLong clock = new AtomicLong();

    private Connection openByClock() {
        return open(clock::get);
    }

    private static Reading total(Domain domain) {
        return domain.cpuStats().total().cpuTimeNanos();
    }

    @Test
    void aGuestThatIsMovedIsReadFromItsNewGroupASecondLaterThoughNobodyLooksItUp() {
        libvirtGuestOnV1();
        host.v1Group("/qemu.slice/7.scope", "77", "0", "0", "70 7");
        try (Connection connection = openByClock()) {
            Domain domain = connection.getDomainByName("web");
            assertEquals(Reading.of(900), total(domain));
            host.write("proc/4242/cgroup", "5:cpu,cpuacct:/qemu.slice/7.scope\n");
            assertEquals(Reading.of(900), total(domain));
            clock.addAndGet(SECOND + 1);
            assertEquals(Reading.of(77), total(domain));
            assertEquals(1, domain.cpuStats().total().origin().orElseThrow().generation());
        }
    }

    @Test
    void aGuestWhoseGroupSomebodyElseJoinsIsReadFromItsProcessASecondLater() {
        host.mountV1()
                .qemu(60, 5, "5:cpu,cpuacct:/vm\n", "kvm", "-name", "a")
                .v1Group("/vm", "42", "0", "0", "40 2")
                .write(V1 + "/vm/cgroup.procs", "60\n");
        try (Connection connection = openByClock()) {
            Domain domain = connection.getDomainByName("a");
            assertEquals(Reading.of(42), total(domain));
            host.process(62, 1, "spinner", 6, "5:cpu,cpuacct:/vm\n").write(V1 + "/vm/cgroup.procs", "60\n62\n");
            clock.addAndGet(SECOND + 1);
            assertEquals(Reading.of(3_200_000_000L), total(domain));
            String reason = String.valueOf(domain.cpuStats().hostCpus().unavailable());
            assertTrue(reason.contains("others' processes (spinner)"), reason);
        }
    }

    @Test
    void aGuestThatRunsAnotherProgramIsNoneASecondLater() {
        libvirtGuestOnV1();
        host.link("proc/4242/exe", "/usr/bin/qemu-system-x86_64");
        try (Connection connection = openByClock()) {
            assertEquals(1, connection.listDomains().size());
            host.link("proc/4242/exe", "/usr/bin/sleep");
            clock.addAndGet(SECOND + 1);
            assertEquals(0, connection.listDomains().size());
        }
    }

    @Test
    void libvirtsFileThatComesAMomentAfterTheProcessIsTakenUp() {
        host.mountV1().qemu(60, 5, "5:cpu,cpuacct:/\n", "kvm", "-name", "guest=a", "-uuid", UUID_TEXT);
        try (Connection connection = openByClock()) {
            assertEquals(60, connection.getDomainByName("a").id());
            host.write(
                    "proc/1/root/run/libvirt/qemu/a.xml",
                    "<domstatus state='running' pid='60'><vcpus/><domain type='kvm' id='7'><name>a</name><uuid>"
                            + UUID_TEXT + "</uuid></domain></domstatus>");
            clock.addAndGet(SECOND + 1);
            assertEquals(7, connection.getDomainByName("a").id());
        }
    }

    @Test
    void qemuThatPutsItselfIntoTheBackgroundIsOneGuestWhileItStarts() {
        host.mountV1()
                .qemu(
                        60,
                        5,
                        "5:cpu,cpuacct:/qemu.slice/1.scope\n",
                        "kvm",
                        "-daemonize",
                        "-name",
                        "a",
                        "-uuid",
                        UUID_TEXT)
                .qemu(
                        62,
                        6,
                        "5:cpu,cpuacct:/qemu.slice/1.scope\n",
                        "kvm",
                        "-daemonize",
                        "-name",
                        "a",
                        "-uuid",
                        UUID_TEXT)
                .v1Group("/qemu.slice/1.scope", "42", "0", "0", "40 2");
        try (Connection connection = openByClock()) {
            Domain domain = connection.getDomainByName("a");
            assertEquals(62, domain.id());
            assertEquals(Reading.of(42), total(domain), "its launcher does not share the group");
            host.end(60);
            assertEquals(domain, connection.getDomainByName("a"));
            assertEquals(0, domain.cpuStats().total().origin().orElseThrow().generation());
        }
    }

    @Test
    void aStatusFileThatIsOlderThanTheProcessIsOfAnotherOne() {
        host.mountV1()
                .qemu(60, 500, "5:cpu,cpuacct:/\n", "kvm", "-name", "guest=new", "-uuid", UUID_TEXT)
                .write("proc/stat", "cpu 1 1 1 1\nbtime 4000000000\n")
                .write(
                        "proc/1/root/run/libvirt/qemu/old.xml",
                        "<domstatus state='running' pid='60'><domain type='kvm' id='3'><name>old</name><uuid>"
                                + UUID_TEXT + "</uuid></domain></domstatus>");
        try (Connection connection = openByClock()) {
            assertFalse(connection.findDomainByName("old").isPresent());
            assertEquals(60, connection.getDomainByName("new").id());
        }
    }

    @Test
    void aNameCannotMoveTheCursorOfWhoeverReadsAnError() {
        host.mountV1().qemu(60, 5, "5:cpu,cpuacct:/\n", "kvm", "-name", "a\u001b[2Jb\nc");
        try (Connection connection = openByClock()) {
            Domain domain = connection.getDomainById(60);
            assertEquals("a\u001b[2Jb\nc", domain.name());
            host.end(60);
            String message = assertFails(ErrorCode.NO_DOMAIN, domain::cpuStats).getMessage();
            assertFalse(message.contains("\u001b") || message.contains("\n"), message);
        }
    }

    /** Out of descriptors for instance: a list without it would look like one in which it has ended. */
    @Test
    void aProcessThatCannotBeLookedAtFailsTheListInsteadOfMissingFromIt() {
        libvirtGuestOnV1();
        host.qemu(60, 5, "5:cpu,cpuacct:/\n", "kvm", "-name", "a").link("proc/60/stat", "stat");
        try (Connection connection = openByClock()) {
            String message =
                    assertFails(ErrorCode.SYSTEM_ERROR, connection::listDomains).getMessage();
            assertTrue(message.contains("proc/60/stat"), message);
        }
    }

    @Test
    void aGuestThatIsKnownStaysKnownWhileItCannotBeLookedAt() {
        libvirtGuestOnV1();
        try (Connection connection = openByClock()) {
            Domain domain = connection.getDomainByName("web");
            host.link("proc/4242/stat", "stat");
            clock.addAndGet(SECOND + 1);
            assertEquals(domain, connection.getDomainByName("web"));
        }
    }
}
