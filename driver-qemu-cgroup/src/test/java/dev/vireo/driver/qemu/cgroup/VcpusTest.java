package dev.vireo.driver.qemu.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.VcpuState;
import dev.vireo.VcpuTimes;
import dev.vireo.VcpuTimes.Column;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which threads of a guest are its vCPUs, and what is told of each. */
class VcpusTest extends HostTreeTests {
    private final VcpuTimes vcpus = VcpuTimes.allocate(1);

    private void guestWithThreads() {
        libvirtGuestOnV1();
        host.thread(4242, 4242, "qemu-system-x86", "1 1 1")
                .thread(4242, 4250, "CPU 1/TCG", "200 20 2")
                .thread(4242, 4251, "CPU 0/KVM", "100 10 1")
                .thread(4242, 4252, "IO mon_iothread", "1 1 1")
                .thread(4242, 4253, "worker", "1 1 1");
    }

    private void status(int pid, String name, String... vcpus) {
        host.write(
                "proc/1/root/run/libvirt/qemu/" + name + ".xml",
                "<domstatus state='running' pid='" + pid + "'>\n  <vcpus>" + String.join("", vcpus)
                        + "</vcpus>\n  <domain type='kvm' id='8'><name>" + name + "</name><uuid>" + UUID_TEXT
                        + "</uuid></domain>\n</domstatus>\n");
    }

    private List<String> times(Domain domain) {
        domain.getVcpus(vcpus);
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < vcpus.size(); row++) {
            rows.add(vcpus.number(row) + " ran " + Long.toUnsignedString(vcpus.runTimeNanos(row)) + " waited "
                    + Long.toUnsignedString(vcpus.delayNanos(row)));
        }
        return rows;
    }

    @Test
    void threadsThatAreCalledSoAreTheVcpusInTheOrderOfTheirNumbers() {
        guestWithThreads();
        host.thread(4242, 4300, "CPU 2/KVM", "300 30 3").thread(4242, 4260, "CPU 12/KVM", "18446744073709551615 40 4");
        try (Connection connection = open()) {
            assertEquals(
                    List.of(
                            "0 ran 100 waited 10",
                            "1 ran 200 waited 20",
                            "2 ran 300 waited 30",
                            "12 ran 18446744073709551615 waited 40"),
                    times(connection.getDomainByName("web")));
        }
    }

    @Test
    void libvirtsStatusFileIsBelievedBeforeNames() {
        guestWithThreads();
        host.delete("proc/4242/cmdline");
        status(4242, "other", "<vcpu id='0' pid='4252'/>", "<vcpu id='3' pid='4253'/>");
        host.thread(4242, 4252, "CPU 7/KVM", "7 8 9");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("other");
            assertEquals(8, domain.id());
            assertEquals(List.of("0 ran 7 waited 8", "3 ran 1 waited 1"), times(domain));
        }
    }

    @Test
    void oneThreadForAllVcpusIsNoVcpuOfThem() {
        guestWithThreads();
        status(4242, "web", "<vcpu id='0' pid='4253'/>", "<vcpu id='1' pid='4253'/>");
        try (Connection connection = open()) {
            assertEquals(
                    List.of("0 ran 100 waited 10", "1 ran 200 waited 20"), times(connection.getDomainByName("web")));
        }
    }

    @Test
    void aThreadThatEndsIsLeftOutAndTheOthersGoOn() {
        guestWithThreads();
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            assertEquals(2, times(domain).size());
            host.endThread(4242, 4250);
            assertEquals(List.of("0 ran 100 waited 10"), times(domain));
        }
    }

    @Test
    void aThreadThatRunsIsRunningAndAnyOtherIsBlocked() {
        guestWithThreads();
        host.stat(4242, 4250, "CPU 1/TCG", "R", "3");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            domain.getVcpus(vcpus);
            assertEquals(List.of(VcpuState.BLOCKED, VcpuState.RUNNING), List.of(vcpus.state(0), vcpus.state(1)));
            assertEquals(List.of(1, 3), List.of(vcpus.cpu(0), vcpus.cpu(1)));
        }
    }

    @Test
    void aNameThatHoldsParenthesesAndSpacesShiftsNoField() {
        guestWithThreads();
        host.stat(4242, 4250, "CPU ) ( R 1", "R", "5").stat(4242, 4251, ") S 9 9 (", "D", "1023");
        try (Connection connection = open()) {
            connection.getDomainByName("web").getVcpus(vcpus);
            assertEquals(List.of(VcpuState.BLOCKED, VcpuState.RUNNING), List.of(vcpus.state(0), vcpus.state(1)));
            assertEquals(List.of(1023, 5), List.of(vcpus.cpu(0), vcpus.cpu(1)));
        }
    }

    @Test
    void aKernelThatCollectsNothingIsSaidSoAndStateAndCpuAreTold() {
        guestWithThreads();
        host.thread(4242, 4250, "CPU 1/KVM", "0 0 0");
        try (Connection connection = open()) {
            connection.getDomainByName("web").getVcpus(vcpus);
            assertEquals(2, vcpus.size());
            assertFalse(vcpus.has(1, Column.RUN_TIME));
            assertFalse(vcpus.has(1, Column.DELAY));
            assertTrue(vcpus.has(1, Column.CPU));
            assertTrue(vcpus.has(0, Column.RUN_TIME));
            assertTrue(vcpus.reason(Column.DELAY).orElseThrow().contains("kernel.task_delayacct"));
        }
    }

    @Test
    void aKernelWithoutTheFileIsSaidSo() {
        guestWithThreads();
        host.delete("proc/4242/task/4250/schedstat").delete("proc/4242/task/4251/schedstat");
        try (Connection connection = open()) {
            connection.getDomainByName("web").getVcpus(vcpus);
            assertEquals(2, vcpus.size());
            assertFalse(vcpus.has(0, Column.RUN_TIME));
            assertTrue(vcpus.reason(Column.RUN_TIME).orElseThrow().contains("CONFIG_SCHED_INFO"));
        }
    }

    @Test
    void withoutNamesTheErrorSaysHowToGetThem() {
        libvirtGuestOnV1();
        host.thread(4242, 4250, "qemu-system-x86", "1 1 1").thread(4242, 4251, "CPU x/KVM", "1 1 1");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            HypervisorException error = assertFails(ErrorCode.OPERATION_UNSUPPORTED, () -> domain.getVcpus(vcpus));
            assertTrue(error.getMessage().contains("debug-threads=on"), error.getMessage());
            assertEquals(0, vcpus.size());
        }
    }

    @Test
    void aGuestThatHasEndedHasNoVcpusAndIsSaidSo() {
        guestWithThreads();
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            times(domain);
            host.end(4242);
            assertFails(ErrorCode.NO_DOMAIN, () -> domain.getVcpus(vcpus));
        }
    }

    @Test
    void aMalformedFileOfAVcpuIsAnErrorThatNamesItAndNeverAWrongNumber() {
        for (String wrong : List.of("1", "1 x 3", "18446744073709551616 0 1", "-1 0 1", "")) {
            guestWithThreads();
            host.thread(4242, 4250, "CPU 1/KVM", wrong);
            try (Connection connection = open()) {
                Domain domain = connection.getDomainByName("web");
                HypervisorException error = assertFails(ErrorCode.SYSTEM_ERROR, () -> domain.getVcpus(vcpus));
                assertTrue(error.getMessage().contains("task/4250/schedstat: "), error.getMessage());
            }
        }
    }
}
