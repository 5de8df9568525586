package dev.vireo.benchmarks;

import dev.vireo.benchmarks.Options.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * Runs the benchmarks in five interleaved rounds and prints medians with their spread beside the bars. With
 * {@code --check} it exits with 1 where a bar is missed, or where something that a bar is for cannot be measured.
 */
public final class Rounds {
    static final int ROUNDS = 5;

    private static final int USAGE_ERROR = 2;
    private static final Set<Section> NATIVE =
            EnumSet.of(Section.NATIVE, Section.PERCPU, Section.SWEEP, Section.SAMPLE);

    private Rounds() {}

    /**
     * Measures and prints.
     *
     * @param arguments {@code --check}, {@code --only=dispatch|native|percpu|sweep|sample|libvirt|start|top|serve}, {@code --guests=N,…},
     *     {@code --soak}
     * @throws Exception if something cannot be measured
     */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("benchmarks: " + wrong.getMessage());
            System.exit(USAGE_ERROR);
            return;
        }
        Report report = new Report(System.out);
        boolean complete = measure(options, report);
        System.exit(options.check() && !(complete && report.allMet()) ? 1 : 0);
    }

    /** Returns whether all that was asked for could be measured. */
    private static boolean measure(Options options, Report report) throws Exception {
        if (options.sections().contains(Section.DISPATCH)) {
            DispatchRows.measure(report);
        }
        boolean complete = true;
        if (options.sections().stream().anyMatch(NATIVE::contains)) {
            complete = measureNative(options, report);
        }
        if (options.sections().contains(Section.LIBVIRT)) {
            complete &= measureLibvirt(report);
        }
        if (options.sections().contains(Section.START)) {
            complete &= measureStart(report);
        }
        if (options.sections().contains(Section.TOP)) {
            complete &= TopRows.measure(lacking(), report);
        }
        if (options.sections().contains(Section.SERVE)) {
            complete &= measureServe(options.soak(), report);
        }
        return complete;
    }

    private static boolean measureNative(Options options, Report report) throws Exception {
        String lacking = lacking();
        if (!lacking.isEmpty()) {
            report.note("NOT MEASURED: the rows of the native driver, because " + lacking);
            return false;
        }
        if (options.sections().contains(Section.NATIVE)) {
            NativeRows.measure(report);
        }
        if (options.sections().contains(Section.PERCPU)) {
            PerCpuRows.measure(report);
        }
        if (options.sections().contains(Section.SWEEP)) {
            SweepRows.measure(options.guests(), report);
        }
        if (options.sections().contains(Section.SAMPLE)) {
            SampleRows.measure(report);
        }
        return true;
    }

    private static boolean measureLibvirt(Report report) throws Exception {
        String lacking = lacking();
        lacking = lacking.isEmpty() ? PrivateLibvirtd.lacking() : lacking;
        if (!lacking.isEmpty()) {
            report.note("NOT MEASURED: the rows of libvirt, because " + lacking);
            return false;
        }
        LibvirtRows.measure(report);
        return true;
    }

    private static boolean measureStart(Report report) throws IOException {
        String lacking = StartRows.lacking();
        if (!lacking.isEmpty()) {
            report.note("NOT MEASURED: the command's start, because " + lacking);
            return false;
        }
        return StartRows.measure(report);
    }

    private static boolean measureServe(boolean soak, Report report) throws Exception {
        ServeRows.measure(soak, report);
        String lacking = lacking();
        lacking = lacking.isEmpty() ? PrivateLibvirtd.lacking() : lacking;
        lacking = lacking.isEmpty() ? PeerRows.lacking() : lacking;
        if (!lacking.isEmpty()) {
            report.note("NOT MEASURED: what serves beside libvirt's exporter, because " + lacking);
            return false;
        }
        PeerRows.measure(report);
        return true;
    }

    private static String lacking() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.notExists(status)) {
            return "this is not Linux";
        }
        if (Files.readAllLines(status).stream().noneMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"))) {
            return "they need root, who alone may make control groups and move processes into them";
        }
        if (!CPrograms.canCompile()) {
            return "there is no C compiler 'cc', which makes the guests and the floor that they are compared with";
        }
        return "";
    }
}
