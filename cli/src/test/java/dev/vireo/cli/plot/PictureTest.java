package dev.vireo.cli.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.monitor.Denominator;
import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.RecordingWriter;
import dev.vireo.monitor.SnapshotBuilder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
    private static final String BLUE = "#0072b2";
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path directory;

    private final List<String> asked = new ArrayList<>();
    private int lines;
    private Denominator of = Denominator.ONE_CORE;

    @BeforeAll
    static void noScreen() {
        System.setProperty("java.awt.headless", "true");
    }

    private Path recording() {
        return directory.resolve("a.rec");
    }

    private Path draw(String out) throws IOException, PlotException {
        Path picture = directory.resolve(out);
        Picture.draw(new PlotRequest(recording(), picture, asked, lines, of), text -> text);
        return picture;
    }

    private String svg() throws IOException, PlotException {
        String svg = Files.readString(draw("a.svg"));
        requireXml(svg);
        return svg;
    }

    private static void requireXml(String svg) {
        try {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception broken) {
            throw new AssertionError(svg, broken);
        }
    }

    /** Writes one domain's CPU time in seconds, a snapshot a second; a negative one is a snapshot without the domain. */
    private void record(String name, double... cpuSeconds) throws IOException {
        DomainRun run = new DomainRun(new UUID(1, 1), 1, name, Instant.EPOCH, 1);
        try (RecordingWriter writer = RecordingWriter.open(recording())) {
            for (int second = 0; second < cpuSeconds.length; second++) {
                SnapshotBuilder snapshot = new SnapshotBuilder();
                if (cpuSeconds[second] >= 0) {
                    snapshot.domain(run, DomainState.RUNNING, second * SECOND)
                            .value(Statistic.CPU_TIME, 0, (long) (cpuSeconds[second] * SECOND));
                }
                Instant wall = InventedRecording.BEGIN.plusSeconds(second);
                writer.append(snapshot.build(second * SECOND, wall, "test", Reading.of(4)));
            }
        }
    }

    /** Returns what is drawn in the colour of the first domain; the legend is drawn before. */
    private static String line(String svg) {
        Matcher path = Pattern.compile("<path fill=\"none\" d=\"([^\"]*)\" stroke=\"" + BLUE + "\"")
                .matcher(svg);
        return path.results().reduce((legend, line) -> line).orElseThrow().group(1);
    }

    @Test
    void theAxesNameWhatAHundredPercentIs() throws IOException, PlotException {
        InventedRecording.write(recording(), 3, 4, 20);
        assertTrue(svg().contains(">CPU, % of one core</text>"));
        of = Denominator.HOST;
        assertTrue(svg().contains(">CPU, % of the host</text>"));
        of = Denominator.VCPUS;
        assertTrue(svg().contains(">steal, % of the domain's vCPUs</text>"));
    }

    @Test
    void eachOfAFewDomainsHasALineAndAName() throws IOException, PlotException {
        InventedRecording.write(recording(), 3, 4, 20);
        String svg = svg();
        for (int i = 0; i < 3; i++) {
            assertTrue(svg.contains(" guest-" + i + "</text>"), svg);
        }
        assertFalse(svg.contains("light grey has all"), svg);
    }

    @Test
    void aLineIsAsHighAsTheRate() throws IOException, PlotException {
        record("a", 0, 1, 2, 2.5, 3);
        String line = line(svg());
        // two seconds at 100 %, then two at 50 %: level, down, level
        assertTrue(line.matches("M[0-9]+ [0-9]+h[0-9]+l[0-9]+ [1-9][0-9]*h[0-9]+"), line);
    }

    @Test
    void whereThereIsNoRateTheLineHasAGapAndIsNeverAtZero() throws IOException, PlotException {
        record("a", 0, 1, 2, 3, -1, 5, 6, 7);
        String line = line(svg());
        assertTrue(line.matches("M([0-9]+) ([0-9]+)h[0-9]+M[0-9]+ \\2h[0-9]+"), line);
    }

    @Test
    void aRateBetweenTwoGapsIsADot() throws IOException, PlotException {
        record("a", 0, 1, 2, -1, 4, 5, -1, 7, 8, 9);
        String line = line(svg());
        assertTrue(line.contains("l0 0"), line);
    }

    @Test
    void ofManyDomainsTheOnesThatUsedMostAreNamedAndTheOthersAreABandAndItSaysSo() throws IOException, PlotException {
        InventedRecording.write(recording(), 300, 8, 30);
        String svg = svg();
        assertTrue(svg.contains("lines: the 7 that used most"), svg);
        assertTrue(svg.contains("of the other 293 light grey has all, dark grey the middle 80 %"), svg);
        assertEquals(7, svg.split(" guest-[0-9]+</text>", -1).length - 1);
        lines = 3;
        assertTrue(svg().contains("of the other 297 "));
    }

    @Test
    void threeHundredLinesTakeLessThanAMegabyteAndItSaysWhatWasFolded() throws IOException, PlotException {
        InventedRecording.write(recording(), 300, 64, 1500);
        lines = 300;
        String svg = svg();
        assertTrue(svg.length() <= 1 << 20, () -> svg.length() + " bytes");
        assertTrue(svg.contains("the lowest and the highest of them are drawn"));
        assertTrue(svg.contains("too many lines for a legend"));
    }

    @Test
    void onlyTheDomainsThatWereAskedForAreDrawn() throws IOException, PlotException {
        InventedRecording.write(recording(), 30, 4, 10);
        asked.addAll(List.of("guest-7", new UUID(1, 8).toString()));
        String svg = svg();
        assertTrue(svg.contains("CPU use of 2 domains"), svg);
        assertTrue(svg.contains("guest-7<") && svg.contains("guest-8<") && !svg.contains("guest-9<"), svg);
        asked.add("guest-99");
        PlotException unknown = assertThrows(PlotException.class, this::svg);
        assertTrue(unknown.getMessage().contains("there is no domain 'guest-99' in it, but guest-"));
        assertTrue(unknown.getMessage().endsWith("and 20 more"), unknown.getMessage());
    }

    @Test
    void whatIsMissingIsSaidWithItsReason() throws IOException, PlotException {
        record("a", 0, 1, 2);
        String svg = svg();
        assertTrue(svg.contains("no steal: "), svg);
        assertTrue(svg.contains("no times per host CPU: "), svg);
        assertFalse(svg.contains("Host CPUs"), svg);
    }

    @Test
    void aNameCanBreakNoPicture() throws IOException, PlotException {
        record("<script>&\u0001\ud800" + "x".repeat(200), 0, 1, 2);
        String svg = svg();
        assertTrue(svg.contains("1 &lt;script&gt;&amp;\ufffd\ufffdxxx"), svg);
        assertTrue(svg.contains("xx…</text>"), svg);
    }

    @Test
    void thereIsNoPictureOfLessThanTwoSnapshotsOrNoDomain() throws IOException {
        record("a", 0);
        assertTrue(assertThrows(PlotException.class, this::svg).getMessage().contains("a rate needs two snapshots"));
        Files.delete(recording());
        record("a", -1, -1, -1);
        assertTrue(assertThrows(PlotException.class, this::svg).getMessage().contains("no domain was running"));
        assertFalse(Files.exists(directory.resolve("a.svg")));
    }

    @Test
    void aPngIsAPictureOfTheSameSize() throws IOException, PlotException {
        InventedRecording.write(recording(), 300, 8, 30);
        BufferedImage image = ImageIO.read(draw("a.png").toFile());
        assertTrue(svg().contains(" width=\"" + image.getWidth() + "\" height=\"" + image.getHeight() + "\""));
    }

    @Test
    void manyDomainsAndCpusAreFoldedInTheHeatMapAndItSaysSo() throws IOException, PlotException {
        InventedRecording.write(recording(), 900, 500, 3);
        String svg = svg();
        assertTrue(svg.contains("each row is the highest of 3 domains; each column is the highest of 2 CPUs"), svg);
    }

    @Test
    void inTheHeatMapACellIsTheHighestOfItsGroupAndWhatIsNotKnownIsNotZero() throws IOException {
        InventedRecording.write(recording(), 3, 2, 5);
        List<DomainUse> domains = Summary.of(recording()).domains();
        HeatMap map = new HeatMap(domains);
        assertEquals(domains.get(0).hostCpuPercent(1), map.cell(0, 1));
        assertTrue(map.cell(0, 1) > 0);
        assertTrue(Double.isNaN(domains.get(0).hostCpuPercent(2)));
        assertEquals(
                Palette.UNKNOWN.getRGB(),
                new HeatMap(List.of(domains.get(0), new DomainUse(new UUID(9, 9), "idle")))
                        .image(new Palette(100))
                        .getRGB(0, 1));
    }
}
