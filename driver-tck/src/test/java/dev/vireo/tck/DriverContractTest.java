package dev.vireo.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.vireo.Domain;
import dev.vireo.Operation;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.HypervisorConfiguration;
import dev.vireo.driver.test.ManualClock;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.spi.HypervisorDriver;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The contract finds the one mistake of each wrong driver, and nothing else. */
class DriverContractTest {
    private static final Pattern BROKEN = Pattern.compile("rule (\\S+) is (broken|kept)");
    private static final Pattern LISTED = Pattern.compile("(?m)^\\| (\\d+\\.\\d+) \\|");

    private static Function<TestHypervisor, HypervisorDriver> maker;
    private static HypervisorConfiguration configuration;
    private static Environment environment;
    private static boolean endsByItself;

    /** What a driver's author writes. */
    static class Contract extends DriverContract {
        private final ManualClock clock = new ManualClock();
        private final TestHypervisor hypervisor = new TestHypervisor(configuration, clock);

        @Override
        protected Opening opening() {
            return Opening.of(maker.apply(hypervisor), "test:///default");
        }

        @Override
        protected Duration use(Domain domain, Duration time) {
            clock.advance(time);
            return time;
        }

        @Override
        protected Environment environment() {
            return endsByItself
                    ? environment.withEnding(
                            domain -> hypervisor.domain(domain.name()).end())
                    : environment;
        }
    }

    private static HypervisorConfiguration host(Operation... lacking) {
        return HypervisorConfiguration.builder()
                .cpus(5)
                .missingCpus(1, 3)
                .domain(DomainConfiguration.preset())
                .domain(DomainConfiguration.named("other"))
                .without(lacking)
                .build();
    }

    private static Events run(Function<TestHypervisor, HypervisorDriver> driver, Operation... lacking) {
        return run(driver, Environment.standard().withDomain("test").thatMayBeChanged(), lacking);
    }

    private static Events run(
            Function<TestHypervisor, HypervisorDriver> driver, Environment where, Operation... lacking) {
        maker = driver;
        endsByItself = where.mayWrite();
        configuration = host(lacking);
        environment = where;
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Contract.class))
                .execute()
                .testEvents();
    }

    /** Returns what was found: from the rule's number to the message. */
    private static Map<String, String> found(Events events) {
        Map<String, String> found = new TreeMap<>();
        events.failed().stream().map(DriverContractTest::message).forEach(message -> {
            Matcher rule = BROKEN.matcher(message);
            found.put(rule.find() ? rule.group(1) : "?", message);
        });
        return found;
    }

    private static String message(Event failed) {
        return failed.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                .getThrowable()
                .map(Throwable::toString)
                .orElse("no reason");
    }

    @AfterEach
    void closeWhatLeaked() throws Exception {
        for (AutoCloseable leaked : WrongDriver.LEAKED) {
            leaked.close();
        }
        WrongDriver.LEAKED.clear();
    }

    @ParameterizedTest
    @EnumSource
    void eachWrongDriverBreaksItsOneRule(WrongDriver wrong) {
        Events events = run(wrong::over);
        Map<String, String> found = found(events);
        assertEquals(List.of(wrong.rule()), List.copyOf(found.keySet()), found::toString);
        assertEquals(rules().size() - 1, events.succeeded().count(), "all other rules are kept");
        assertTrue(found.get(wrong.rule()).contains("look at: "), found::toString);
    }

    /** Rule 9.2 is the library's to keep, 2.4 and 7.1 are kept by any driver whose other answers hold together. */
    @Test
    void eachRuleButThreeHasADriverThatBreaksIt() {
        Set<String> unbroken = new TreeSet<>(rules());
        Stream.of(WrongDriver.values()).map(WrongDriver::rule).forEach(unbroken::remove);
        assertEquals(Set.of("1.4", "2.4", "7.1", "9.2"), unbroken);
    }

    @Test
    void aDeviationFromARuleThatThereIsNotIsRefused() {
        Events events = run(
                AlteredDriver::new, Environment.standard().withDomain("test").withDeviation("33.8", "mistyped"));
        assertEquals(rules().size(), events.failed().count());
    }

    @Test
    void theRightDriverKeepsAllRulesAndNoneIsSkipped() {
        Events events = run(AlteredDriver::new);
        assertEquals(Map.of(), found(events));
        assertEquals(rules().size(), events.succeeded().count());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DOMAIN_DESTROY")
    void aDriverThatLacksAnOperationKeepsTheContractByAnsweringSo(Operation lacking) {
        Operation[] all = switch (lacking) {
            case DOMAIN_SUSPEND, DOMAIN_RESUME -> new Operation[] {Operation.DOMAIN_SUSPEND, Operation.DOMAIN_RESUME};
            case CONNECT_START_CPU_ACCOUNTING, CONNECT_STOP_CPU_ACCOUNTING, CONNECT_GET_CPU_ACCOUNTING ->
                new Operation[] {
                    Operation.CONNECT_START_CPU_ACCOUNTING,
                    Operation.CONNECT_STOP_CPU_ACCOUNTING,
                    Operation.CONNECT_GET_CPU_ACCOUNTING
                };
            default -> new Operation[] {lacking};
        };
        assertEquals(Map.of(), found(run(AlteredDriver::new, all)));
    }

    @Test
    void aDeclaredDeviationIsNoFailureButAStaleOneIs() {
        Environment where =
                Environment.standard().withDomain("test").thatMayBeChanged().withDeviation("3.8", "as libvirt does");
        assertEquals(Map.of(), found(run(WrongDriver.FILLS_ABSENT_CPUS_WITH_ZEROS::over, where)));
        Map<String, String> stale = found(run(AlteredDriver::new, where));
        assertEquals(List.of("3.8"), List.copyOf(stale.keySet()));
        assertTrue(stale.get("3.8").contains("take the declaration away"), stale::toString);
    }

    @Test
    void whoCannotEndADomainIsToldHowToLetTheTestsDoIt() {
        Map<String, String> found =
                found(run(AlteredDriver::new, Environment.standard().withDomain("test")));
        assertEquals(List.of("7.3", "7.4"), List.copyOf(found.keySet()));
        assertTrue(found.get("7.3").contains("Environment.withEnding"), found::toString);
    }

    private static List<String> rules() {
        List<String> rules = new ArrayList<>();
        for (Class<?> group = DriverContract.class; group != null; group = group.getSuperclass()) {
            Stream.of(group.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .forEach(method -> {
                        assertTrue(Modifier.isFinal(method.getModifiers()), () -> method + " can be overridden");
                        rules.add(method.getAnnotation(Rule.class).value());
                    });
        }
        return rules;
    }

    @Test
    void theDocumentListsEachRuleOnce() throws Exception {
        List<String> listed = new ArrayList<>();
        Matcher rule = LISTED.matcher(Files.readString(Path.of("../docs/driver-contract.md")));
        while (rule.find()) {
            listed.add(rule.group(1));
        }
        assertEquals(
                rules().stream().sorted().toList(), listed.stream().sorted().toList());
        assertEquals(new TreeSet<>(listed).size(), listed.size(), "a rule is there twice");
    }
}
