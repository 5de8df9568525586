package dev.vireo.it;

import static dev.vireo.it.VireoCommand.vireo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code vireo top} at a terminal, as somebody sees it who presses keys. */
class TopIT {
    private static final String HEADER = "  CPU% USER%  SYS% STEAL% VCPUS OVERH% NAME";
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[(\\d+;)*(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;\\d+)*m");

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private TmuxTerminal terminal;
    private String before;

    @BeforeAll
    static void theCommandIsBuilt() {
        Requirements.requireProgram("tmux", "tmux");
        vireo("--version");
    }

    @BeforeEach
    void openTerminal() throws IOException {
        terminal = TmuxTerminal.start(80, 24);
    }

    @AfterEach
    void closeTerminal() throws IOException {
        terminal.close();
    }

    /** Starts it on a host of many CPUs, and waits for the first rates. */
    private void top(String environment) throws IOException {
        terminal.line("echo what was there; stty -a > " + terminal.file("before"));
        before = terminal.awaitFile(terminal.file("before"));
        String vireo = Repository.root().resolve("vireo").toString();
        terminal.line("sh -c 'echo $$ > " + terminal.file("pid") + "; " + environment + " exec \"" + vireo
                + "\" -c \"test:///default?domains=30&cpus=256\" top -d 0.2'; echo ended with $?");
        terminal.awaitScreen("a rate", screen -> screen.contains(">200.0 180.0  20.0    1.0     2    2.0 test"));
        assertEquals("1", terminal.variable("alternate_on"));
        assertEquals("0", terminal.variable("cursor_flag"));
    }

    private int pid() throws IOException {
        return Integer.parseInt(terminal.awaitFile(terminal.file("pid")).strip());
    }

    private void awaitLine(int line, String start) throws IOException {
        terminal.awaitScreen(
                "line " + line + " that begins with '" + start + "'",
                screen -> screen.lines().skip(line).findFirst().orElse("").startsWith(start));
    }

    @Test
    void keysDoWhatTheHelpSays() throws IOException {
        top("");
        awaitLine(0, "% of one core  sum 6000  30 domains  in 0.2");
        awaitLine(1, HEADER);
        // all use the same: which one is last by that is another one with each sample
        terminal.type("ssssss");
        terminal.awaitScreen("the order", screen -> screen.contains("  by NAME  "));
        terminal.press("End");
        terminal.awaitScreen("the last domain", screen -> screen.matches("(?s).*\n>200.0 .* test-9\n.*"));
        terminal.press("Home");
        terminal.type("d");
        awaitLine(0, "% of the domain's vCPUs  sum 100.0  ");
        terminal.type("dd/T-2");
        terminal.awaitScreen("the prompt", screen -> screen.contains("filter: T-2_"));
        terminal.press("Enter");
        terminal.awaitScreen(
                "the chosen", screen -> screen.contains("  11/30 domains  ") && screen.contains(" test-29\n"));
        terminal.press("Down", "Enter");
        terminal.awaitScreen("the detail", screen -> screen.contains("\ntest-20\n") && screen.contains("\nvCPU  "));
        terminal.press("Escape");
        awaitLine(1, HEADER);
        terminal.type("?");
        awaitLine(1, "q, Ctrl-C      quit");
        terminal.press("Escape");
        awaitLine(1, HEADER);
        terminal.type("p");
        awaitLine(0, "PAUSED  % of one core");
        terminal.type("p");
        awaitLine(0, "% of one core");
        terminal.type("q");
        awaitEnd(0);
    }

    @Test
    void theHeatMapIsFoldedToTheWidthOfTheTerminalWhateverThatIs() throws IOException {
        terminal.recordTo(terminal.file("sent"));
        top("");
        terminal.type("m");
        awaitLine(1, "maximum of 5 CPUs a column, % of each CPU; host CPUs 0-255");
        awaitLine(2, "  CPU% 0       40 ");
        awaitLine(3, ">200.0 ▁▁▁▁");
        terminal.resize(200, 60);
        awaitLine(1, "maximum of 2 CPUs a column");
        terminal.resize(10, 3);
        terminal.awaitScreen("the small map", screen -> screen.startsWith("% of one …\nmaximum o…\n>▁▁▁▁▁ te"));
        terminal.type("m");
        terminal.awaitScreen("the small list", "% of one …\n  CPU% NA…\n>200.0 te…\n"::equals);
        terminal.resize(80, 24);
        awaitLine(1, HEADER);
        terminal.awaitScreen("the usual screen", screen -> screen.contains("\nq quit  s sort"));
        terminal.type("q");
        awaitEnd(0);
        String sent = Files.readString(terminal.file("sent"));
        assertTrue(COLOUR.matcher(sent).find(), sent);
    }

    @Test
    void noColorLeavesOutColoursAndNothingElse() throws IOException {
        terminal.recordTo(terminal.file("sent"));
        top("NO_COLOR=1");
        terminal.type("m");
        awaitLine(3, ">200.0 ▁▁▁▁");
        terminal.type("q");
        awaitEnd(0);
        String sent = Files.readString(terminal.file("sent"));
        assertFalse(COLOUR.matcher(sent).find(), sent);
        assertTrue(sent.contains("▁"), sent);
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 0", "HUP, 129"})
    void aSignalEndsItTidily(String signal, int exitCode) throws IOException {
        top("");
        Signals.send("-" + signal, pid());
        awaitEnd(exitCode);
    }

    @Test
    void ctrlZGivesTheTerminalBackUntilTheShellBringsItToTheFront() throws IOException {
        top("");
        terminal.press("C-z");
        awaitGivenBack(screen -> screen.contains("Stopped") && screen.contains("\nwhat was there\n"));
        terminal.line("echo here");
        terminal.awaitScreen("a shell that answers", screen -> screen.contains("\nhere\n"));
        terminal.line("fg; echo ended with $?");
        awaitLine(1, HEADER);
        assertEquals("1", terminal.variable("alternate_on"));
        assertEquals("0", terminal.variable("cursor_flag"));
        terminal.type("m");
        awaitLine(2, "  CPU% 0       40 ");
        terminal.type("q");
        awaitEnd(0);
    }

    /** Waits until the shell has the terminal, as it was. */
    private void awaitGivenBack(Predicate<String> expected) throws IOException {
        terminal.awaitScreen("the shell's screen", expected);
        assertEquals("0", terminal.variable("alternate_on"));
        assertEquals("1", terminal.variable("cursor_flag"));
        terminal.line("stty -a > " + terminal.file("between"));
        assertEquals(withoutLine(before), withoutLine(terminal.awaitFile(terminal.file("between"))));
    }

    @Test
    void whereNoShellCouldBringItBackCtrlZDoesNotStopIt() throws IOException {
        String vireo = Repository.root().resolve("vireo").toString();
        terminal.line("exec '" + vireo + "' -c 'test:///default?domains=30&cpus=256' top -d 0.2");
        awaitLine(1, HEADER);
        terminal.press("C-z");
        terminal.type("m");
        awaitLine(2, "  CPU% 0       40 ");
        assertEquals("1", terminal.variable("alternate_on"));
    }

    @Test
    void aTerminalThatTakesNothingDoesNotKeepItFromEnding() throws Exception {
        top("");
        terminal.resize(200, 200);
        terminal.awaitScreen("a large screen", screen -> screen.lines().count() > 190);
        int pid = pid();
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        terminal.stopReading();
        HungWrite write = new HungWrite(pid);
        Await.until("it hangs in a write", LIMIT, () -> {
            // each has it draw the whole screen again
            Signals.send("-WINCH", pid);
            return write.isSeenAgain();
        });
        Signals.send("-TERM", pid);
        process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        terminal.readOn();
        terminal.awaitScreen("the end", screen -> screen.contains("ended with 143"));
    }

    /** Waits for the end; the terminal is then as it was before. */
    private void awaitEnd(int exitCode) throws IOException {
        String screen = terminal.awaitScreen("the end", shown -> shown.contains("\nended with " + exitCode + "\n"));
        assertTrue(screen.contains("\nwhat was there\n"), screen);
        assertFalse(screen.contains(HEADER), screen);
        assertEquals("0", terminal.variable("alternate_on"));
        assertEquals("1", terminal.variable("cursor_flag"));
        assertEquals("0", terminal.variable("keypad_flag"));
        terminal.line("stty -a > " + terminal.file("after"));
        assertEquals(withoutLine(before), withoutLine(terminal.awaitFile(terminal.file("after"))));
    }

    /** JLine leaves the number of the line discipline to chance; to the kernel it means nothing there. */
    private static String withoutLine(String stty) {
        return stty.replaceFirst("line = \\d+;", "");
    }

    @Test
    void whereTheOutputIsNoTerminalItWritesLines() throws IOException {
        String vireo = Repository.root().resolve("vireo").toString();
        terminal.line("'" + vireo + "' -c 'test:///default' top -d 0.2 --csv | head -n 3; echo ended");
        String screen = terminal.awaitScreen("the end", shown -> shown.contains("\nended\n"));
        assertTrue(screen.contains("\ntime,interval_seconds,name,"), screen);
        assertFalse(screen.contains("error"), screen);
    }
}
