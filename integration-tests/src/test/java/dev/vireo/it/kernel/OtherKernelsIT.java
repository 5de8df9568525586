package dev.vireo.it.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.it.CommandRun;
import dev.vireo.it.Requirements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pure cgroup v2 with the cpu controller, CPUs that go and come back, and real-time threads: in kernels that are booted for
 * it, without KVM so that any machine can, all at once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherKernelsIT {
    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final int MOST_AGAIN = 2;

    private final ExecutorService boots = Executors.newFixedThreadPool(2);
    private final Map<DebianKernel, CompletableFuture<List<String>>> running = new EnumMap<>(DebianKernel.class);
    private Path initramfs;

    @BeforeAll
    void boot(@TempDir Path directory) throws IOException {
        Requirements.requireProgram("qemu-system-x86_64", "qemu-system-x86");
        Requirements.requireProgram("busybox", "busybox-static");
        Requirements.requireProgram("cpio", "cpio");
        Requirements.requireProgram("setpriv", "util-linux");
        Requirements.requireProgram("apt-get", "apt, on a Debian or one of its relatives");
        initramfs = Initramfs.pack(directory);
        begin(DebianKernel.LINUX_6_1);
        begin(DebianKernel.LINUX_6_12);
    }

    @AfterAll
    void endBoots() {
        boots.shutdownNow();
    }

    private void begin(DebianKernel kernel) {
        running.put(kernel, CompletableFuture.supplyAsync(() -> linesOf(kernel), boots));
    }

    private List<String> linesOf(DebianKernel kernel) {
        try {
            List<String> lines = boot(kernel);
            for (int again = 0; again < MOST_AGAIN && isEmulatorsFault(lines); again++) {
                System.err.println(kernel + " is booted again: the emulator ran code that was half patched");
                lines = boot(kernel);
            }
            return lines;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<String> boot(DebianKernel kernel) throws IOException {
        return CommandRun.of(LIMIT, command(kernel.file())).out().lines().toList();
    }

    /**
     * A kernel patches its own code while it runs, when counting begins for instance, with a breakpoint in the place of what
     * is being patched. The emulator, with a thread for each CPU, now and then runs that breakpoint after it was taken away.
     */
    private static boolean isEmulatorsFault(List<String> lines) {
        return !lines.contains("CHECKED") && lines.stream().anyMatch(line -> line.contains("int3: 0000 [#"));
    }

    private List<String> command(Path kernel) {
        return List.of(
                "qemu-system-x86_64",
                "-accel",
                "tcg,thread=multi",
                "-cpu",
                "max",
                "-smp",
                "2,maxcpus=64",
                "-m",
                "1024",
                "-nodefaults",
                "-display",
                "none",
                "-no-reboot",
                "-serial",
                "stdio",
                "-kernel",
                kernel.toString(),
                "-initrd",
                initramfs.toString(),
                "-append",
                "console=ttyS0 quiet panic=-1");
    }

    @ParameterizedTest
    @EnumSource(names = {"LINUX_6_1", "LINUX_6_12"})
    void eachSourceTellsTheTruth(DebianKernel kernel) {
        assertAllPassed(kernel);
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource(names = {"LINUX_5_10", "NEWEST"})
    void eachSourceTellsTheTruthOnOlderAndNewerKernelsToo(DebianKernel kernel) {
        assertAllPassed(kernel);
    }

    private void assertAllPassed(DebianKernel kernel) {
        if (!running.containsKey(kernel)) {
            begin(kernel);
        }
        List<String> lines = running.get(kernel).join();
        String all = String.join("\n", lines);
        assertTrue(lines.contains("CHECKED"), () -> "it did not come to its end:\n" + all);
        lines.stream()
                .filter(line -> line.startsWith("FIGURE "))
                .forEach(line -> System.out.println(kernel + ", emulated: " + line.substring("FIGURE ".length())));
        Map<String, String> checks = new TreeMap<>();
        lines.stream()
                .filter(line -> line.startsWith("CHECK "))
                .map(line -> line.split(" ", 3))
                .forEach(words -> checks.put(words[1], words[2]));
        Map<String, String> passed = new TreeMap<>();
        Stream.of(
                        "controller-off-and-on",
                        "gone-guests",
                        "hotplug",
                        "many-groups",
                        "perf",
                        "possible-cpus",
                        "privileges",
                        "real-time",
                        "sched-events",
                        "sched-group",
                        "sched-group-and-remote-wakeups",
                        "sched-group-on-the-right-cpu",
                        "vcpu-groups",
                        "young-guest")
                .forEach(name -> passed.put(name, "passed"));
        assertEquals(passed, checks, () -> all);
    }
}
