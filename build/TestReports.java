import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Counts the tests of all modules and lists those that did not run, for {@code ./verify}. Arguments: the root of the
 * project, then gaps found elsewhere. Exit code 1: no test ran, one failed, or there is a gap and
 * {@code VIREO_REQUIRE_ALL} is 1.
 */
final class TestReports {
    private enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    private record TestCase(String module, String name, Outcome outcome, String reason) {}

    private final List<TestCase> tests = new ArrayList<>();

    public static void main(String[] args) throws IOException, XMLStreamException {
        TestReports reports = new TestReports();
        Path root = Path.of(args[0]);
        for (Path file : reportFiles(root)) {
            reports.read(root.relativize(file).getName(0).toString(), file);
        }
        List<String> gaps = new ArrayList<>(List.of(args).subList(1, args.length));
        reports.with(Outcome.SKIPPED).forEach(test -> gaps.add(describe(test)));
        reports.print(gaps);
        System.exit(reports.isGood(gaps) ? 0 : 1);
    }

    private static List<Path> reportFiles(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String glob : List.of("surefire-reports", "failsafe-reports")) {
            for (Path module : children(root)) {
                children(module.resolve("target").resolve(glob)).stream()
                        .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                        .forEach(files::add);
            }
        }
        files.sort(Comparator.naturalOrder());
        return files;
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        }
    }

    private void read(String module, Path file) throws IOException, XMLStreamException {
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("testcase")) {
                    tests.add(readTest(module, xml));
                }
            }
        }
    }

    private static TestCase readTest(String module, XMLStreamReader xml) throws XMLStreamException {
        String name = name(xml.getAttributeValue(null, "classname"), xml.getAttributeValue(null, "name"));
        Outcome outcome = Outcome.PASSED;
        String reason = "";
        while (!isEndOfTest(xml)) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "failure", "error" -> outcome = Outcome.FAILED;
                    case "skipped" -> {
                        outcome = Outcome.SKIPPED;
                        reason = readReason(xml);
                    }
                    default -> {
                        // What the test printed, and its reruns.
                    }
                }
            }
        }
        return new TestCase(module, name, outcome, reason);
    }

    private static boolean isEndOfTest(XMLStreamReader xml) {
        return xml.getEventType() == XMLStreamConstants.END_ELEMENT
                && xml.getLocalName().equals("testcase");
    }

    /** A disabled nested class is reported as one test without a name. */
    private static String name(String className, String method) {
        return method == null || method.isEmpty() ? className : className + "." + method;
    }

    /** A disabled test has its reason in an attribute, an assumption that failed in the text of its exception. */
    private static String readReason(XMLStreamReader xml) throws XMLStreamException {
        String message = xml.getAttributeValue(null, "message");
        if (message == null) {
            message = xml.getElementText()
                    .replaceAll("(?s)\n\\s+at .*", "")
                    .replaceFirst("(?s)^[\\w.$]+Exception:\\s*", "")
                    .replaceFirst("^Assumption failed: ", "");
        }
        String line = message.strip().replaceAll("\\s+", " ");
        return line.isEmpty() ? "no reason given" : line;
    }

    private List<TestCase> with(Outcome outcome) {
        return tests.stream().filter(test -> test.outcome() == outcome).toList();
    }

    private static String describe(TestCase test) {
        return test.module() + ": " + test.name() + (test.reason().isEmpty() ? "" : ": " + test.reason());
    }

    private void print(List<String> gaps) {
        List<String> failed =
                with(Outcome.FAILED).stream().map(TestReports::describe).toList();
        printList("Failed", failed);
        printList("Gaps, what this run says nothing about", gaps);
        if (tests.isEmpty()) {
            System.out.println("No test ran.");
        }
        System.out.printf(
                "%d passed, %d failed, %d skipped%n",
                with(Outcome.PASSED).size(),
                failed.size(),
                with(Outcome.SKIPPED).size());
    }

    private static void printList(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            System.out.println(title + ":");
            lines.forEach(line -> System.out.println("  " + line));
        }
    }

    private boolean isGood(List<String> gaps) {
        boolean complete = gaps.isEmpty() || !"1".equals(System.getenv("VIREO_REQUIRE_ALL"));
        return with(Outcome.PASSED).size() > 0 && with(Outcome.FAILED).isEmpty() && complete;
    }
}
