package dev.vireo.it.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a user may count under each setting of the kernel's that has a say in it. */
final class Privileges {
    private static final Path SETTINGS = Path.of("/proc/sys/kernel");
    private static final String PERF = "perf_event_paranoid";
    private static final String BPF = "unprivileged_bpf_disabled";

    private final LoadedGuest guest;

    Privileges(LoadedGuest guest) {
        this.guest = guest;
    }

    /** Goes from what is allowed on most hosts to what cannot be taken back. */
    void check() throws IOException {
        set(BPF, 2);
        set(PERF, 3);
        refused(List.of(), "bpf(MAP_CREATE) failed with EPERM", "perf_event_open", "CAP_PERFMON", PERF);
        refused(List.of("perfmon"), "perf_event_open", PERF, "CAP_SYS_ADMIN");
        counts("sched-group", "bpf", "perfmon");
        set(PERF, -1);
        counts("perf");
        set(PERF, 2);
        counts("perf", "perfmon");
        set(BPF, 0);
        refused(List.of(), "bpf(PROG_LOAD", "perf_event_open", "CAP_BPF", "CAP_PERFMON");
        set(BPF, 1);
        refused(List.of(), "bpf(MAP_CREATE) failed with EPERM", "perf_event_open", "CAP_PERFMON");
    }

    private static void set(String setting, int value) throws IOException {
        Files.writeString(SETTINGS.resolve(setting), Integer.toString(value));
    }

    private static String settings() {
        try {
            return BPF + "=" + Files.readString(SETTINGS.resolve(BPF)).strip() + " " + PERF + "="
                    + Files.readString(SETTINGS.resolve(PERF)).strip();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void refused(List<String> capabilities, String... reasons) throws IOException {
        Process nobody = start(capabilities);
        try (BufferedReader answers = nobody.inputReader()) {
            String said = String.valueOf(answers.readLine());
            InsideKernel.require(said.startsWith("NONE "), settings(), said);
            for (String reason : reasons) {
                InsideKernel.require(said.contains(reason), settings(), "lacks", reason, said);
            }
        } finally {
            nobody.destroyForcibly();
        }
    }

    private void counts(String source, String... capabilities) throws IOException {
        Process nobody = start(List.of(capabilities));
        try (BufferedReader answers = nobody.inputReader()) {
            String said = answers.readLine();
            InsideKernel.require(("FROM " + source).equals(said), settings(), List.of(capabilities), said);
            long used = charged();
            nobody.getOutputStream().write('\n');
            nobody.getOutputStream().flush();
            long grown = Long.parseLong(answers.readLine());
            // performance events go by another clock
            long most = source.equals("perf") ? used / 5 : LoadedGuest.TICKS;
            InsideKernel.require(Math.abs(grown - used) <= most, settings(), source, grown, used);
        } finally {
            nobody.destroyForcibly();
        }
    }

    /** Has the guest use CPU time; returns for how much its control group was charged, in nanoseconds. */
    private long charged() throws IOException {
        long before = LoadedGuest.total();
        guest.load("spin");
        return LoadedGuest.total() - before;
    }

    private static Process start(List<String> capabilities) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        if (!capabilities.isEmpty()) {
            String list = "+" + String.join(",+", capabilities);
            command.addAll(List.of("--inh-caps=" + list, "--ambient-caps=" + list));
        }
        command.addAll(List.of("/jre/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djna.tmpdir=/tmp"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AsNobody.class.getName()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
