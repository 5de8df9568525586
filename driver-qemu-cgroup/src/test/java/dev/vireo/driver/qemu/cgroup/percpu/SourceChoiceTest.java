package dev.vireo.driver.qemu.cgroup.percpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which source is taken, and what is said of the others, on a host whose kernel does not tell its types. */
class SourceChoiceTest {
    private static final DescriptorBudget NONE_LEFT = new DescriptorBudget() {
        @Override
        public boolean take() {
            return false;
        }

        @Override
        public void giveBack() {}
    };

    private FakeHost host;

    @BeforeEach
    void makeHost(@TempDir Path directory) throws IOException {
        host = new FakeHost(directory);
    }

    private PerCpuCounting counting(PerCpuOption option) {
        BitSet online = new BitSet();
        online.set(0, 2);
        return new PerCpuCounting(host.host(), option, () -> online, NONE_LEFT, System::nanoTime);
    }

    private static String reasons(SourceChoice choice, Path group) {
        return assertThrows(PassedOverException.class, () -> choice.open(group, 1))
                .reason();
    }

    @Test
    void whereNoSourceTellsTheReasonOfEachIsSaidBestFirst() throws IOException {
        Path group = host.group("guest", "cpuset memory");
        try (PerCpuCounting counting = counting(PerCpuOption.AUTO)) {
            SourceChoice choice = new SourceChoice(counting);
            String reasons = reasons(choice, group);
            assertEquals(
                    List.of(PerCpuSource.SCHED_GROUP, PerCpuSource.SCHED_EVENTS, PerCpuSource.PERF),
                    List.copyOf(choice.passedOver().keySet()));
            choice.passedOver()
                    .forEach((source, reason) -> assertTrue(
                            reasons.contains(source + ": " + reason + ";"), () -> source + " in " + reasons));
            assertTrue(choice.passedOver().get(PerCpuSource.SCHED_GROUP).contains("'cpu' must be in"), reasons);
            assertTrue(choice.passedOver().get(PerCpuSource.SCHED_EVENTS).contains("CONFIG_DEBUG_INFO_BTF"), reasons);
            assertTrue(choice.passedOver().get(PerCpuSource.PERF).contains("a descriptor for each"), reasons);
            assertTrue(reasons.endsWith("the total works"), reasons);
        }
    }

    @Test
    void aGroupWithAControllerIsAskedOfTheKernel() throws IOException {
        try (PerCpuCounting counting = counting(PerCpuOption.SCHED_GROUP)) {
            String reasons = reasons(new SourceChoice(counting), host.group("guest", "cpuset cpu memory"));
            assertTrue(reasons.contains("sched-group: there is no "), reasons);
            assertFalse(reasons.contains("sched-events"), reasons);
        }
    }

    @Test
    void whatThisHostRefusedIsNotTriedAgainForTheNextGuest() throws IOException {
        Path group = host.group("guest", "cpu");
        try (PerCpuCounting counting = counting(PerCpuOption.SCHED_GROUP)) {
            String before = reasons(new SourceChoice(counting), group);
            host.withTypes();
            assertEquals(before, reasons(new SourceChoice(counting), group));
        }
    }

    /** As where there are no descriptors left: the next reading may find the file. */
    @Test
    void whatFailedForTheMomentIsNotRemembered() throws IOException {
        Path group = host.group("guest", "cpu");
        try (PerCpuCounting counting = counting(PerCpuOption.SCHED_GROUP)) {
            host.withUnreadableTypes();
            SourceChoice choice = new SourceChoice(counting);
            assertThrows(IOException.class, () -> choice.open(group, 1));
            assertEquals(List.of(), List.copyOf(choice.passedOver().keySet()));
        }
    }

    @Test
    void aSourceThatWasPassedOverStaysSoForTheGuest() throws IOException {
        Path group = host.group("guest", "cpu");
        try (PerCpuCounting counting = counting(PerCpuOption.PERF)) {
            SourceChoice choice = new SourceChoice(counting);
            choice.passOver(PerCpuSource.PERF, "it drifted");
            assertTrue(reasons(choice, group).contains("perf: it drifted;"));
        }
    }

    @Test
    void switchedOffItSaysSo() throws IOException {
        try (PerCpuCounting counting = counting(PerCpuOption.OFF)) {
            assertTrue(reasons(new SourceChoice(counting), host.group("guest", "cpu"))
                    .contains("switched off (percpu=off)"));
        }
    }
}
