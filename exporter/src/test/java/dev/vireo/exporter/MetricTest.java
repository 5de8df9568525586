package dev.vireo.exporter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The conventions of names: what has a unit says so, what counts ends with _total, who a domain is stands in its uuid. */
class MetricTest {
    private static Stream<Metric> all() {
        return Stream.of(Metric.values());
    }

    @Test
    void noNameIsThereTwice() {
        Set<String> names = new HashSet<>();
        all().forEach(metric -> assertTrue(names.add(metric.seriesName()), metric::seriesName));
    }

    @Test
    void countersEndWithTotalAndNothingElseDoes() {
        all().forEach(metric ->
                assertEquals(metric.kind().isCounter(), metric.seriesName().endsWith("_total"), metric::seriesName));
    }

    @Test
    void timesAreInSecondsAndSaySo() {
        all().forEach(metric ->
                assertEquals(metric.kind().isSeconds(), metric.familyName().endsWith("_seconds"), metric::familyName));
        all().filter(metric -> metric.statistic() != null)
                .forEach(metric -> assertTrue(metric.seriesName().endsWith("_seconds_total"), metric::seriesName));
    }

    @Test
    void whatIsOfADomainCarriesItsUuidAndTellsNothingElseOfItButInTheInfo() {
        all().filter(metric -> !metric.isOfLibvirtExporter())
                .filter(metric -> metric.seriesName().startsWith("vm_"))
                .forEach(metric -> {
                    assertEquals("uuid", metric.labels().get(0), metric::seriesName);
                    boolean hasMore = !List.of("uuid", "cpu", "node", "vcpu").containsAll(metric.labels());
                    assertEquals(metric == Metric.VM_INFO, hasMore, metric::seriesName);
                });
    }

    @Test
    void eachHasAHelpThatIsASentence() {
        all().forEach(metric -> assertTrue(metric.help().matches("[A-Z].*[^.]\\."), metric::help));
    }
}
