package dev.vireo.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.vireo.Domain;
import dev.vireo.DomainState;
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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The contract finds the one mistake of each wrong driver, and nothing else. */
class DriverContractTest {
    private static final Pattern BROKEN = Pattern.compile("rule (\\S+) (?:is broken|is kept|was tested)");
    private static final Pattern LISTED = Pattern.compile("(?m)^\\| (\\d+\\.\\d+) \\|");

    private static Function<TestHypervisor, HypervisorDriver> maker;
    private static HypervisorConfiguration configuration;
    private static Environment environment;
    private static boolean endsByItself;
    private static Function<Duration, Duration> load;

    /** What a driver's author writes. */
    static class Contract extends DriverContract {
        private final ManualClock clock = new ManualClock();
        private final TestHypervisor hypervisor = new TestHypervisor(configuration, clock);
        private final HypervisorDriver driver = maker.apply(hypervisor);

        @Override
        protected Opening opening() {
            return Opening.of(driver, "test:///default");
        }

        @Override
        protected Duration use(Domain domain, Duration time) {
            Duration used = load.apply(time);
            clock.advance(used);
            return used;
        }

        @Override
        protected Environment environment() {
            return endsByItself
                    ? environment
                            .withEnding(
                                    domain -> hypervisor.domain(domain.name()).end())
                            .withRestart(
                                    domain -> hypervisor.domain(domain.name()).start())
                            .withDeclined(Opening.of(driver, "test:///declined"))
                            .withFailing(Opening.of(driver, "test://" + AlteredDriver.FAILING))
                    : environment;
        }
    }

    private static HypervisorConfiguration.Builder domains(HypervisorConfiguration.Builder host) {
        return host.domain(DomainConfiguration.preset())
                .domain(DomainConfiguration.named("other"))
                .domain(DomainConfiguration.named("idle").withState(DomainState.PAUSED))
                .domain(DomainConfiguration.named("off").withState(DomainState.SHUTOFF));
    }

    private static HypervisorConfiguration host(Operation... lacking) {
        return domains(HypervisorConfiguration.builder().cpus(5).missingCpus(1, 3))
                .without(lacking)
                .build();
    }

    private static Environment everything() {
        return Environment.standard()
                .withDomain("test")
                .withIdleDomain("idle")
                .withInactiveDomain("off")
                .withLoad(Duration.ofMillis(60), Duration.ofMillis(2))
                .withLimit(Duration.ofSeconds(5))
                .thatMayBeChanged();
    }

    private static Events run(Function<TestHypervisor, HypervisorDriver> driver, Operation... lacking) {
        return run(driver, everything(), lacking);
    }

    private static Events run(
            Function<TestHypervisor, HypervisorDriver> driver, Environment where, Operation... lacking) {
        return run(driver, where, host(lacking));
    }

    private static Events run(
            Function<TestHypervisor, HypervisorDriver> driver, Environment where, HypervisorConfiguration host) {
        maker = driver;
        endsByItself = where.mayWrite();
        configuration = host;
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

    @BeforeEach
    void loadInFull() {
        load = time -> time;
    }

    @AfterEach
    void closeWhatLeaked() throws Exception {
        for (AutoCloseable leaked : Alterations.LEAKED) {
            leaked.close();
        }
        Alterations.LEAKED.clear();
    }

    static List<WrongDriver> wrongDrivers() {
        return WrongDriver.all();
    }

    /** Units show on hosts of any size, whatever else the driver tells. */
    static List<WrongDriver> wrongUnits() {
        return WrongDriver.all().stream()
                .filter(wrong -> wrong.toString().contains("MICROSECONDS")
                        || wrong.toString().contains("TICKS"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("wrongDrivers")
    void eachWrongDriverBreaksItsOneRule(WrongDriver wrong) {
        Events events = run(wrong::over);
        Map<String, String> found = found(events);
        assertEquals(List.of(wrong.rule()), List.copyOf(found.keySet()), found::toString);
        assertEquals(rules().size() - 1, events.succeeded().count(), "all other rules are kept");
        assertTrue(found.get(wrong.rule()).contains("look at: "), found::toString);
    }

    @ParameterizedTest
    @MethodSource("wrongUnits")
    void aWrongUnitIsFoundOnAHostOfManyCpus(WrongDriver wrong) {
        HypervisorConfiguration large =
                domains(HypervisorConfiguration.builder().cpus(64)).build();
        Map<String, String> found = found(run(wrong::over, everything(), large));
        assertTrue(found.containsKey(wrong.rule()), found::toString);
        // ticks of 64 CPUs, each rounded down, are fewer than the total's as well
        Set<String> besides = new TreeSet<>(found.keySet());
        besides.removeAll(List.of(wrong.rule(), "4.5"));
        assertEquals(Set.of(), besides, found::toString);
    }

    @Test
    void timesThatAreTenfoldAreFoundThoughNobodyTellsTheNumberOfVcpus() {
        HypervisorConfiguration large = domains(
                        HypervisorConfiguration.builder().cpus(64))
                .without(Operation.DOMAIN_GET_INFO)
                .build();
        Map<String, String> found = found(
                run(hypervisor -> Alterations.scaled(nanos -> nanos * 10).apply(hypervisor), everything(), large));
        assertEquals(List.of("4.3"), List.copyOf(found.keySet()), found::toString);
    }

    /** Of these the library takes care, or no driver breaks them whose other answers hold together. */
    @Test
    void eachRuleButFourHasADriverThatBreaksIt() {
        Set<String> unbroken = new TreeSet<>(rules());
        WrongDriver.all().stream().map(WrongDriver::rule).forEach(unbroken::remove);
        assertEquals(Set.of("1.1", "1.4", "2.4", "9.2"), unbroken);
    }

    @Test
    void aDriverThatDoesNotComeBackIsSaidToBeSomewhere() {
        Map<String, String> found =
                found(run(WrongCpuStats.NEVER_COMES_BACK::over, everything().withLimit(Duration.ofSeconds(2))));
        assertEquals(List.of("3.5"), List.copyOf(found.keySet()), found::toString);
        assertTrue(found.get("3.5").contains("did not come back in 2 s"), found::toString);
        assertTrue(found.get("3.5").contains("Alterations.awaitQuietly"), found::toString);
    }

    @Test
    void aLoadThatIsNoneIsNoRuleBrokenButATestThatIsWrong() {
        load = time -> Duration.ZERO;
        Map<String, String> found =
                found(run(WrongCounters.TELLS_MICROSECONDS::over, everything().withDeviation("4.3", "no load here")));
        assertEquals(Set.of("?"), found.keySet());
        assertTrue(found.get("?").contains("too little to tell anything by"), found::toString);
    }

    @Test
    void anAssumptionOfTheTestIsNoBrokenRule() {
        load = time -> Assumptions.abort("no guest can be kept busy here");
        Events events = run(AlteredDriver::new);
        assertEquals(Map.of(), found(events));
        assertTrue(events.aborted().count() > 3);
    }

    @Test
    void numbersThatAreTooCoarseForTheLoadAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Environment.standard().withLoad(Duration.ofMillis(300), Duration.ofMillis(50)));
    }

    @Test
    void whatTheEnvironmentDoesNotGiveIsNotTestedAndSaysSo() {
        Environment bare = Environment.standard().withDomain("test");
        Events events = run(AlteredDriver::new, bare);
        List<String> needs = events.aborted().stream()
                .map(DriverContractTest::message)
                .sorted()
                .toList();
        assertEquals(5, needs.size(), needs::toString);
        for (String need :
                List.of("withDeclined", "withFailing", "withIdleDomain", "withInactiveDomain", "withRestart")) {
            assertTrue(needs.toString().contains("Environment." + need + "("), needs::toString);
        }
    }

    @Test
    void aRuleThatIsDeclaredUntestedIsNoFailureButAStaleDeclarationIs() {
        Environment declared = Environment.standard()
                .withDomain("test")
                .withUntested("4.7", "there is but one guest")
                .withUntested("4.3", "it is tested all the same");
        Events events = run(AlteredDriver::new, declared);
        assertEquals(4, events.aborted().count());
        assertTrue(
                found(events).get("4.3").contains("take the declaration away"),
                () -> found(events).toString());
    }

    @Test
    void aDriverThatCannotBeUsedIsToldWhichRuleItBreaks() {
        Map<String, String> found = found(run(hypervisor -> new AlteredDriver(hypervisor) {
            @Override
            public String name() {
                return " ";
            }
        }));
        assertEquals(Set.of("1.1"), found.keySet(), found::toString);
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
        Environment where = everything().withDeviation("3.8", "as libvirt does");
        assertEquals(Map.of(), found(run(WrongCpuStats.FILLS_ABSENT_CPUS_WITH_ZEROS::over, where)));
        Map<String, String> stale = found(run(AlteredDriver::new, where));
        assertEquals(List.of("3.8"), List.copyOf(stale.keySet()));
        assertTrue(stale.get("3.8").contains("take the declaration away"), stale::toString);
    }

    @Test
    void whoCannotEndADomainIsToldHowToLetTheTestsDoIt() {
        Map<String, String> found =
                found(run(AlteredDriver::new, Environment.standard().withDomain("test")));
        assertEquals(List.of("7.3", "7.4", "8.4"), List.copyOf(found.keySet()));
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
