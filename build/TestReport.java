import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Sums up the test reports of a build: every test that was skipped, by name and with its reason, then the counts. Run as
 * {@code java build/TestReport.java DIR}. Exits with 1 if a test failed, none ran, or, with {@code VIREO_REQUIRE_ALL=1},
 * one was skipped.
 */
final class TestReport {
    private int tests;
    private int failed;
    private final List<String> skipped = new ArrayList<>();

    public static void main(String[] arguments) throws Exception {
        TestReport report = new TestReport();
        for (Path file : reports(Path.of(arguments[0]))) {
            report.add(file);
        }
        System.exit(report.print("1".equals(System.getenv("VIREO_REQUIRE_ALL"))));
    }

    private static List<Path> reports(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().matches(".*/target/(surefire|failsafe)-reports/TEST-.*\\.xml"))
                    .sorted()
                    .toList();
        }
    }

    private void add(Path file) throws Exception {
        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            add((Element) cases.item(i));
        }
    }

    private void add(Element test) {
        tests++;
        if (test.getElementsByTagName("failure").getLength() + test.getElementsByTagName("error").getLength() > 0) {
            failed++;
        }
        NodeList skips = test.getElementsByTagName("skipped");
        if (skips.getLength() > 0) {
            String reason = ((Element) skips.item(0)).getAttribute("message");
            skipped.add(test.getAttribute("classname") + "." + test.getAttribute("name") + ": "
                    + (reason.isEmpty() ? "no reason given" : reason));
        }
    }

    private int print(boolean requireAll) {
        System.out.println();
        if (!skipped.isEmpty()) {
            System.out.println("Not run" + (requireAll ? ", which VIREO_REQUIRE_ALL forbids:" : ":"));
            skipped.forEach(skip -> System.out.println("  " + skip));
        }
        if (tests == 0) {
            System.out.println("No test ran.");
        }
        System.out.printf(
                "%d passed, %d failed, %d skipped%n", tests - failed - skipped.size(), failed, skipped.size());
        return failed > 0 || tests == 0 || (requireAll && !skipped.isEmpty()) ? 1 : 0;
    }
}
