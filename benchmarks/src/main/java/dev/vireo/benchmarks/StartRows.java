package dev.vireo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of whole processes: the command as a user types it, beside virsh with libvirt's own test driver. */
final class StartRows {
    /** Single runs, unlike the other sections' rounds: a start is over in no time, and a host's whims are many. */
    private static final int RUNS = 20;

    private static final int WARM_UP = 3;
    private static final List<String> QUESTION = List.of("-c", "test:///default", "cpu-stats", "test");

    private StartRows() {}

    /** Returns why nothing can be measured, empty if it can. */
    static String lacking() {
        try {
            runOnce(List.of("virsh", "--version"), Map.of());
            return "";
        } catch (IOException absent) {
            return "there is no virsh to compare with; on Debian and Ubuntu install libvirt-clients";
        }
    }

    /** Returns whether there was a Java for each bar. */
    static boolean measure(Report report) throws IOException {
        List<StartedJava> javas = StartedJava.all();
        List<Samples> starts = new ArrayList<>();
        for (StartedJava java : javas) {
            starts.add(new Samples());
            // the first run builds, and has the JVM make its archive
            for (int i = 0; i < WARM_UP; i++) {
                vireo(java);
            }
        }
        Samples virsh = new Samples();
        for (int run = 0; run < RUNS; run++) {
            virsh.add(virsh());
            for (int i = 0; i < javas.size(); i++) {
                starts.get(i).add(vireo(javas.get(i)));
            }
        }
        print(javas, starts, virsh, report);
        boolean complete = true;
        for (StartedJava.Role role : StartedJava.Role.values()) {
            if (javas.stream().noneMatch(java -> java.role() == role)) {
                report.note("NOT MEASURED: the start with " + role.text() + ", because there is none in "
                        + StartedJava.PLACE + ", nor is it JAVA_HOME's");
                complete = false;
            }
        }
        return complete;
    }

    private static void print(List<StartedJava> javas, List<Samples> starts, Samples virsh, Report report) {
        report.heading("whole processes, cpu-stats of one domain", "median", "(least - most)", "x virsh", "bar");
        report.line("", Verdict.NO_BAR, "virsh", Unit.MILLIS.median(virsh), Unit.MILLIS.spread(virsh), "");
        for (int i = 0; i < javas.size(); i++) {
            Samples start = starts.get(i);
            double times = start.timesOf(virsh);
            double bar = javas.get(i).role().mostTimesVirsh();
            report.line(
                    String.format("%.0f x", bar),
                    Verdict.of(times <= bar),
                    "./vireo, Java " + javas.get(i).version(),
                    Unit.MILLIS.median(start),
                    Unit.MILLIS.spread(start),
                    String.format("%.1f x", times));
        }
        report.printTable();
    }

    private static double virsh() throws IOException {
        List<String> command = new ArrayList<>(List.of("virsh"));
        command.addAll(QUESTION);
        return runOnce(command, Map.of());
    }

    private static double vireo(StartedJava java) throws IOException {
        List<String> command = new ArrayList<>(List.of("./vireo"));
        command.addAll(QUESTION);
        return runOnce(
                command, Map.of("JAVA_HOME", java.home().toString(), "VIREO_JAVA_OPTS", "", "VIREO_DRIVERS", ""));
    }

    /** Returns how many nanoseconds it took. */
    private static double runOnce(List<String> command, Map<String, String> environment) throws IOException {
        Path err = Files.createTempFile("vireo-start-", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            long begun = System.nanoTime();
            int exitCode = CPrograms.exitCode(builder.start());
            double time = System.nanoTime() - begun;
            if (exitCode != 0) {
                throw new IllegalStateException(command + " ended with " + exitCode + ": " + Files.readString(err));
            }
            return time;
        } finally {
            Files.delete(err);
        }
    }
}
