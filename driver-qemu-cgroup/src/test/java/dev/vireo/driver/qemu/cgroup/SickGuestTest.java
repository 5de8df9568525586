package dev.vireo.driver.qemu.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.Reading;
import dev.vireo.StatsGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guests whose command line does not answer: a pipe that nobody has written to yet stands for the lock that they hold. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SickGuestTest extends HostTreeTests {
    private final List<String> unanswered = new ArrayList<>();

    @AfterEach
    void letReadersGo() {
        List.copyOf(unanswered).forEach(file -> answer(file, ""));
    }

    private void sick(int pid) {
        String file = "proc/" + pid + "/cmdline";
        host.pipe(file);
        unanswered.add(file);
    }

    /** Opening the pipe waits for its reader. */
    private void answer(String file, String... arguments) {
        unanswered.remove(file);
        try {
            Files.write(host.path(file), (String.join("\0", arguments) + "\0").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void sickAndSound() {
        libvirtGuestOnV1();
        host.qemu(60, 5, "5:cpu,cpuacct:/\n", "unused");
        sick(60);
    }

    /** The answer goes through another thread: looks again until it has come. */
    private static Domain await(Connection connection, String name) {
        Optional<Domain> found = connection.findDomainByName(name);
        while (found.isEmpty()) {
            Thread.onSpinWait();
            found = connection.findDomainByName(name);
        }
        return found.get();
    }

    @Test
    void itIsCalledByItsPidAndTheOthersAreFoundAndRead() {
        sickAndSound();
        try (Connection connection = open()) {
            for (int round = 0; round < 3; round++) {
                assertEquals(
                        List.of("qemu-60", "web"),
                        connection.listDomains().stream().map(Domain::name).toList());
            }
            Domain web = connection.getDomainByName("web");
            assertEquals(Reading.of(900), web.cpuStats().total().cpuTimeNanos());
        }
    }

    @Test
    void itIsReadLikeAnyOther() {
        sickAndSound();
        try (Connection connection = open()) {
            Domain sick = connection.getDomainByName("qemu-60");
            assertEquals(Reading.of(3_200_000_000L), sick.cpuStats().total().cpuTimeNanos());
            Recorded recorded = new Recorded();
            connection.getAllDomainStats(Set.of(StatsGroup.CPU_TOTAL), recorded, 0);
            assertEquals(List.of("qemu-60", "web"), recorded.names);
        }
    }

    @Test
    void onceItAnswersItHasItsNameAndIsTheSameDomain() {
        sickAndSound();
        try (Connection connection = open()) {
            Domain before = connection.getDomainByName("qemu-60");
            answer("proc/60/cmdline", "kvm", "-name", "well", "-uuid", UUID_TEXT.replace('6', '7'));
            Domain after = await(connection, "well");
            assertEquals(before, after);
            assertEquals(UUID_TEXT.replace('6', '7'), after.uuid().toString());
            assertTrue(connection.findDomainByName("qemu-60").isEmpty());
            assertEquals(
                    before.cpuStats().total().cpuTimeNanos(),
                    after.cpuStats().total().cpuTimeNanos());
        }
    }

    @Test
    void aGuestOfLibvirtIsNotAsked() {
        libvirtGuestOnV1();
        host.delete("proc/4242/cmdline")
                .write(
                        "proc/1/root/run/libvirt/qemu/web.xml",
                        "<domstatus pid='4242'><domain id='12'><name>from libvirt</name><uuid>" + UUID_TEXT
                                + "</uuid></domain></domstatus>");
        try (Connection connection = open()) {
            assertEquals(12, connection.getDomainByName("from libvirt").id());
        }
    }

    @Test
    void itsChildIsNoSecondGuestOnceItIsKnownToShareItsCommandLine() {
        sickAndSound();
        host.process(61, 60, "qemu-system-x86", 6, "5:cpu,cpuacct:/\n", "unused");
        sick(61);
        try (Connection connection = open()) {
            assertTrue(connection.findDomainByName("qemu-60").isPresent());
            answer("proc/60/cmdline", "kvm", "-name", "well");
            answer("proc/61/cmdline", "kvm", "-name", "well");
            host.write("proc/60/cmdline.new", "kvm\0-name\0well\0").write("proc/61/cmdline.new", "kvm\0-name\0well\0");
            replace(60);
            replace(61);
            await(connection, "well");
            while (connection.listDomains().stream()
                    .anyMatch(domain -> domain.name().equals("qemu-61"))) {
                Thread.onSpinWait();
            }
            assertEquals(
                    List.of(60, 4242),
                    connection.listDomains().stream().map(SickGuestTest::pid).toList());
        }
    }

    private void replace(int pid) {
        host.rename("proc/" + pid + "/cmdline.new", "proc/" + pid + "/cmdline");
    }

    private static int pid(Domain domain) {
        return domain.name().equals("web") ? 4242 : domain.id();
    }

    @Test
    void aCommandLineThatCouldNotBeReadOnceIsAskedForAgain() {
        libvirtGuestOnV1();
        host.qemu(60, 5, "5:cpu,cpuacct:/\n", "unused").delete("proc/60/cmdline");
        try (Connection connection = open()) {
            assertTrue(connection.findDomainByName("late").isEmpty());
            host.write("proc/60/cmdline", "kvm\0-name\0late\0");
            assertTrue(connection.findDomainByName("late").isPresent());
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeAmongAUsersStatusFilesHoldsUpNobody() {
        libvirtGuestOnV1();
        host.pipe("proc/1/root/run/user/0/libvirt/qemu/run/trap.xml");
        try (Connection connection = open()) {
            assertTrue(connection.findDomainByName("web").isPresent());
        }
    }
}
